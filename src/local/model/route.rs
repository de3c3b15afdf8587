//! Determines the operation of a request.

use std::collections::HashMap;

use percent_encoding::percent_decode_str;

use super::{Model, Operation, Segment};

/// An operation, with the values from the path.
#[derive(Debug)]
pub(in super::super) struct Route<'m> {
    pub operation: &'m Operation,
    /// The variables of the path, by their names in requests.
    pub variables: HashMap<&'m str, String>,
}

impl Model {
    /// Returns the operation for `method` on the raw `path` with this `query`. ARNs are percent-encoded in one segment, so the path is
    /// split before it is decoded.
    ///
    /// Both services have the same paths and behaviour for tags, so the first match is used.
    pub(in super::super) fn route(
        &self,
        method: &str,
        path: &str,
        query: &[(String, String)],
    ) -> Option<Route<'_>> {
        let parts: Vec<&str> = path.split('/').skip(1).collect();
        let mut candidates = self.operations.iter().filter(|operation| operation.is_asked(method, query));
        candidates.find_map(|operation| Some(Route { operation, variables: operation.variables(&parts)? }))
    }

    /// Returns the methods that the raw `path` supports.
    pub(in super::super) fn methods(&self, path: &str) -> Vec<&str> {
        let parts: Vec<&str> = path.split('/').skip(1).collect();
        let there = self.operations.iter().filter(|operation| operation.variables(&parts).is_some());
        let mut methods: Vec<_> = there.map(|operation| &*operation.method).collect();
        methods.sort_unstable();
        methods.dedup();
        methods
    }
}

impl Operation {
    fn is_asked(&self, method: &str, query: &[(String, String)]) -> bool {
        self.method == method && self.query.as_ref().is_none_or(|expected| query.contains(expected))
    }

    /// Returns the values of the path's variables in `parts`, if the path matches.
    fn variables(&self, parts: &[&str]) -> Option<HashMap<&str, String>> {
        let fits = |(segment, part): (&Segment, &&str)| match segment {
            Segment::Literal(literal) => literal == part,
            Segment::Variable(_) => !part.is_empty(),
        };
        let segments = || self.path.iter().zip(parts);
        if self.path.len() != parts.len() || !segments().all(fits) {
            return None;
        }
        let variables = segments().filter_map(|(segment, part)| match segment {
            Segment::Literal(_) => None,
            Segment::Variable(name) => {
                Some((&**name, percent_decode_str(part).decode_utf8_lossy().into_owned()))
            }
        });
        Some(variables.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(method: &str, path: &str, query: &[(&str, &str)]) -> Option<String> {
        let model = Model::load();
        let query: Vec<_> = query.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        model.route(method, path, &query).map(|route| route.operation.name.clone())
    }

    #[test]
    fn a_request_means_one_operation() {
        let channel = "/channels/arn%3Aaws%3Achime%3Aus-east-1%3A1%3Aapp-instance%2Fa%2Fchannel%2Fb";
        for (method, path, query, expected) in [
            ("POST", "/channels", &[] as &[_], Some("CreateChannel")),
            ("POST", "/channels", &[("operation", "search")], Some("SearchChannels")),
            ("POST", channel, &[("operation", "channel-flow-callback")], Some("ChannelFlowCallback")),
            ("POST", channel, &[], None),
            (
                "GET",
                channel,
                &[("scope", "app-instance-user-membership")],
                Some("DescribeChannelMembershipForAppInstanceUser"),
            ),
            ("GET", channel, &[("max-results", "3")], Some("DescribeChannel")),
            ("GET", "/tags", &[("arn", "x")], Some("ListTagsForResource")),
            ("PATCH", "/channels", &[], None),
            ("GET", "/channels/", &[], None),
            ("GET", "", &[], None),
        ] {
            assert_eq!(name(method, path, query).as_deref(), expected, "{method} {path} {query:?}");
        }
    }

    #[test]
    fn variables_are_decoded_and_methods_known() {
        let model = Model::load();
        let route = model.route("GET", "/channels/a%3Ab%2Fc/messages/m1", &[]).unwrap();
        assert_eq!(route.variables["channelArn"], "a:b/c");
        assert_eq!(route.variables["messageId"], "m1");
        assert_eq!(model.methods("/channels/x"), ["DELETE", "GET", "POST", "PUT"]);
    }
}
