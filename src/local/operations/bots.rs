//! Operations on bots of app instances. Bots can be members and moderators, but they do not respond to messages.

use serde::Deserialize;
use serde_json::{Value, json};

use super::tags::{self, Tag};
use super::{Call, nothing};
use crate::local::arn::Arn;
use crate::local::refusal::Refusal;
use crate::local::state::Bot;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Create {
    app_instance_arn: Arn,
    #[serde(default)]
    name: String,
    metadata: Option<String>,
    configuration: Value,
    #[serde(default)]
    tags: Vec<Tag>,
}

/// The bot named in a request.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct BotInput {
    app_instance_bot_arn: Arn,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Update {
    app_instance_bot_arn: Arn,
    name: String,
    metadata: String,
    configuration: Option<Value>,
}

pub(super) fn create(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let Create { app_instance_arn, name, metadata, configuration, tags } = call.input()?;
    let state = &mut *call.state;
    let now = state.now;
    state.directory.instance(&app_instance_arn)?;
    let tags = tags::checked(tags, &state.quotas)?;
    let arn = app_instance_arn.child("bot", &state.ids.uuid());
    let bot = Bot { name, metadata, created: now, updated: now, configuration };
    state.directory.instance_mut(&app_instance_arn)?.bots.insert(arn.clone(), bot);
    state.tags.set(&arn, tags);
    Ok(json!({ "AppInstanceBotArn": arn }))
}

pub(super) fn describe(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let BotInput { app_instance_bot_arn: arn } = call.input()?;
    let bot = call.state.directory.bot(&arn)?;
    Ok(json!({ "AppInstanceBot": {
        "AppInstanceBotArn": arn,
        "Name": bot.name,
        "Configuration": bot.configuration,
        "CreatedTimestamp": Call::time(bot.created),
        "LastUpdatedTimestamp": Call::time(bot.updated),
        "Metadata": bot.metadata,
    } }))
}

pub(super) fn list(call: &mut Call<'_>) -> Result<Value, Refusal> {
    call.list_of_instance("AppInstanceBots", |instance, page| {
        page.of_map(
            &instance.bots,
            |arn, bot| json!({ "AppInstanceBotArn": arn, "Name": bot.name, "Metadata": bot.metadata }),
        )
    })
}

pub(super) fn update(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let Update { app_instance_bot_arn: arn, name, metadata, configuration } = call.input()?;
    let now = call.state.now;
    let bot = call.state.directory.bot_mut(&arn)?;
    (bot.name, bot.metadata, bot.updated) = (name, Some(metadata), now);
    if let Some(configuration) = configuration {
        bot.configuration = configuration;
    }
    Ok(json!({ "AppInstanceBotArn": arn }))
}

pub(super) fn delete(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let BotInput { app_instance_bot_arn: arn } = call.input()?;
    call.state.directory.bot(&arn)?;
    call.state.end_person(&arn, &mut call.effects);
    Ok(nothing())
}
