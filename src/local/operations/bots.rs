//! Bots of app instances. They are there, and can be members and moderators; nothing answers in their name.

use serde::Deserialize;
use serde_json::{Value, json};

use super::tags::Tag;
use super::{Asked, Call, Operation, nothing};
use crate::local::arn::Arn;
use crate::local::model::Service;
use crate::local::refusal::{Refusal, not_found};
use crate::local::state::{Bot, State};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct CreateAppInstanceBot {
    app_instance_arn: Arn,
    #[serde(default)]
    name: String,
    metadata: Option<String>,
    configuration: Value,
    #[serde(default)]
    tags: Vec<Tag>,
}

impl State {
    fn bot(&self, arn: &Arn) -> Result<&Bot, Refusal> {
        let instance = arn.instance().and_then(|instance| self.instances.get(&instance));
        instance.and_then(|instance| instance.bots.get(arn)).ok_or_else(|| no_bot(arn))
    }
}

fn no_bot(arn: &Arn) -> Refusal {
    not_found(format!("AppInstanceBotArn: there is no bot {arn}"))
}

impl Operation for CreateAppInstanceBot {
    const NAME: &'static str = "CreateAppInstanceBot";
    const SERVICE: Service = Service::Identity;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        let state = &mut *call.state;
        let now = state.now;
        state.instance(&self.app_instance_arn)?;
        let tags = state.new_tags(self.tags)?;
        let arn = self.app_instance_arn.child("bot", &state.ids.uuid());
        let bot = Bot {
            name: self.name,
            metadata: self.metadata,
            created: now,
            updated: now,
            configuration: self.configuration,
        };
        state.instance_mut(&self.app_instance_arn)?.bots.insert(arn.clone(), bot);
        state.tag_new(&arn, tags);
        Ok(json!({ "AppInstanceBotArn": arn }))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct DescribeAppInstanceBot {
    app_instance_bot_arn: Arn,
}

impl Operation for DescribeAppInstanceBot {
    const NAME: &'static str = "DescribeAppInstanceBot";
    const SERVICE: Service = Service::Identity;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        let bot = call.state.bot(&self.app_instance_bot_arn)?;
        Ok(json!({ "AppInstanceBot": {
            "AppInstanceBotArn": self.app_instance_bot_arn,
            "Name": bot.name,
            "Configuration": bot.configuration,
            "CreatedTimestamp": Call::time(bot.created),
            "LastUpdatedTimestamp": Call::time(bot.updated),
            "Metadata": bot.metadata,
        } }))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct ListAppInstanceBots {
    app_instance_arn: Arn,
    #[serde(flatten)]
    asked: Asked,
}

impl Operation for ListAppInstanceBots {
    const NAME: &'static str = "ListAppInstanceBots";
    const SERVICE: Service = Service::Identity;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        let page = call.page(&[self.app_instance_arn.as_str()], &self.asked)?;
        let bots = call.state.instance(&self.app_instance_arn)?.bots.range::<str, _>(page.rest());
        let (bots, next) = page.json(bots.map(|(arn, bot)| {
            let summary = json!({ "AppInstanceBotArn": arn, "Name": bot.name, "Metadata": bot.metadata });
            (arn.to_string(), summary)
        }));
        Ok(json!({ "AppInstanceArn": self.app_instance_arn, "AppInstanceBots": bots, "NextToken": next }))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct UpdateAppInstanceBot {
    app_instance_bot_arn: Arn,
    name: String,
    metadata: String,
    configuration: Option<Value>,
}

impl Operation for UpdateAppInstanceBot {
    const NAME: &'static str = "UpdateAppInstanceBot";
    const SERVICE: Service = Service::Identity;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        let (arn, now) = (&self.app_instance_bot_arn, call.state.now);
        let instance = arn.instance().and_then(|instance| call.state.instances.get_mut(&instance));
        let bot = instance.and_then(|instance| instance.bots.get_mut(arn)).ok_or_else(|| no_bot(arn))?;
        (bot.name, bot.metadata, bot.updated) = (self.name, Some(self.metadata), now);
        if let Some(configuration) = self.configuration {
            bot.configuration = configuration;
        }
        Ok(json!({ "AppInstanceBotArn": arn }))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct DeleteAppInstanceBot {
    app_instance_bot_arn: Arn,
}

impl Operation for DeleteAppInstanceBot {
    const NAME: &'static str = "DeleteAppInstanceBot";
    const SERVICE: Service = Service::Identity;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        let arn = &self.app_instance_bot_arn;
        call.state.bot(arn)?;
        call.state.end_person(arn, &mut call.effects);
        let instance = arn.instance().and_then(|instance| call.state.instances.get_mut(&instance));
        instance.map(|instance| instance.bots.remove(arn));
        Ok(nothing())
    }
}
