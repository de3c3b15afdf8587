//! App instances: users and administrators.

use serde_json::{Value, json};

use super::super::operation::Operation;
use super::{Model, Outcome, User, opt};

impl Model {
    pub(super) fn of_people(&mut self, op: &Operation) -> Outcome {
        let (who, input) = (&op.who, &op.input);
        match op.name {
            "CreateAppInstanceUser" => {
                let name = input["Name"].as_str().unwrap().to_owned();
                match self.users.get(who) {
                    Some(user) if user.name != name => return Err("Conflict"),
                    Some(_) => {}
                    None => {
                        let (created, born) = (self.times.new_time(), self.now);
                        let user = User {
                            name,
                            metadata: Value::Null,
                            created,
                            updated: created,
                            born,
                            expiration: Value::Null,
                        };
                        self.users.insert(who.clone(), user);
                    }
                }
                Ok((201, json!({ "AppInstanceUserArn": self.user_arn(who) })))
            }
            "UpdateAppInstanceUser" => {
                let updated = self.times.new_time();
                let user = self.users.get_mut(who).ok_or("Forbidden")?;
                (user.name, user.metadata) =
                    (input["Name"].as_str().unwrap().to_owned(), input["Metadata"].clone());
                user.updated = updated;
                Ok((200, json!({ "AppInstanceUserArn": self.user_arn(who) })))
            }
            "DescribeAppInstanceUser" => {
                let user = self.users.get(who).ok_or("Forbidden")?;
                Ok((
                    200,
                    json!({ "AppInstanceUser": {
                    "AppInstanceUserArn": self.user_arn(who), "Name": user.name, "Metadata": user.metadata,
                    "CreatedTimestamp": user.created.placeholder(), "LastUpdatedTimestamp": user.updated.placeholder(),
                    "ExpirationSettings": user.expiration,
                } }),
                ))
            }
            "DeleteAppInstanceUser" => {
                self.users.get(who).ok_or("Forbidden")?;
                self.delete_user(who);
                Ok((204, Value::Null))
            }
            "PutAppInstanceUserExpirationSettings" => {
                self.users.get_mut(who).ok_or("Forbidden")?.expiration = input["ExpirationSettings"].clone();
                Ok((
                    200,
                    json!({ "AppInstanceUserArn": self.user_arn(who), "ExpirationSettings": input["ExpirationSettings"] }),
                ))
            }
            "PutAppInstanceRetentionSettings" => {
                let settings = &input["AppInstanceRetentionSettings"];
                self.retention_days = settings["ChannelRetentionSettings"]["RetentionDays"].as_u64();
                let since = self.retention_days.map(|_| self.times.new_time());
                Ok((
                    200,
                    json!({ "AppInstanceRetentionSettings": settings, "InitiateDeletionTimestamp": opt(since) }),
                ))
            }
            "CreateAppInstanceAdmin" => {
                self.users.get(who).ok_or("BadRequest")?;
                if self.is_admin(who) {
                    return Err("Conflict");
                }
                let since = self.times.new_time();
                self.admins.insert(who.clone(), since);
                Ok((201, json!({ "AppInstanceArn": self.app, "AppInstanceAdmin": self.identity(who) })))
            }
            "DescribeAppInstanceAdmin" => {
                let since = self.admins.get(who).ok_or("Forbidden")?.placeholder();
                Ok((
                    200,
                    json!({ "AppInstanceAdmin": {
                    "AppInstanceArn": self.app, "Admin": self.identity(who), "CreatedTimestamp": since,
                } }),
                ))
            }
            "DeleteAppInstanceAdmin" => {
                self.admins.remove(who).map(|_| (204, Value::Null)).ok_or("Forbidden")
            }
            other => panic!("the model does not know {other}"),
        }
    }

    pub(super) fn delete_user(&mut self, id: &str) {
        let channels: Vec<_> = self.channels.keys().cloned().collect();
        for channel in channels {
            if self.channels[&channel].members.contains_key(id) {
                self.leave(&channel, id);
            }
            let channel = self.channels.get_mut(&channel).unwrap();
            channel.moderators.remove(id);
            channel.bans.remove(id);
        }
        self.users.remove(id);
        self.admins.remove(id);
        self.tags.remove(&self.user_arn(id));
        self.tokens
            .retain(|key, token| key[1] != id && !(key[0] == "CreateAppInstanceUser" && token.made == id));
        if self.connected.remove(id) {
            self.closed.insert(id.to_owned());
        }
    }
}
