//! The endpoint of the messaging service, as the SDK's client chooses it.

use aws_config::SdkConfig;
use aws_sdk_chimesdkmessaging::config::endpoint::{DefaultResolver, Params, ResolveEndpoint};
use aws_types::service_config::ServiceConfigKey;

/// Returns the endpoint that `config` leads to: the one that it names for the service, or for all services, or that of the Region.
/// Returns `None` without a Region, which signatures need.
pub(super) async fn of(config: &SdkConfig) -> Option<String> {
    let region = config.region()?.as_ref();
    let named = named(config);
    let endpoint = match usual(config, region, named.as_deref()) {
        Some(usual) => usual,
        None => by_sdk(config, region, named).await?,
    };
    Some(endpoint.trim_end_matches('/').to_owned())
}

/// Returns what the SDK answers in most cases. It reads a table of all Regions first, which takes 0.4 million instructions.
fn usual(config: &SdkConfig, region: &str, named: Option<&str>) -> Option<String> {
    if config.use_fips() == Some(true) || config.use_dual_stack() == Some(true) {
        return None;
    }
    let of_region = || is_of_aws(region).then(|| format!("https://messaging-chime.{region}.amazonaws.com"));
    named.map(str::to_owned).or_else(of_region)
}

/// Returns whether `region` is certain to be in the partition `aws`. Those of other partitions have longer names, or begin otherwise.
fn is_of_aws(region: &str) -> bool {
    const AREAS: [&str; 9] = ["af", "ap", "ca", "eu", "il", "me", "mx", "sa", "us"];
    let mut parts = region.split('-');
    let (area, direction, number) = (parts.next(), parts.next(), parts.next());
    let has_all = |part: Option<&str>, is_right: fn(&u8) -> bool| {
        part.is_some_and(|part| !part.is_empty() && part.as_bytes().iter().all(is_right))
    };
    area.is_some_and(|area| AREAS.contains(&area))
        && has_all(direction, u8::is_ascii_lowercase)
        && has_all(number, u8::is_ascii_digit)
        && parts.next().is_none()
}

/// Returns what the SDK answers.
async fn by_sdk(config: &SdkConfig, region: &str, named: Option<String>) -> Option<String> {
    let params = Params::builder()
        .region(region)
        .set_use_dual_stack(config.use_dual_stack())
        .set_use_fips(config.use_fips())
        .set_endpoint(named)
        .build()
        .ok()?;
    let resolver = DefaultResolver::new();
    Some(resolver.resolve_endpoint(&params).await.ok()?.url().to_owned())
}

/// Returns the endpoint that is named: one that the program was given is that of all services, and goes before the environment.
fn named(config: &SdkConfig) -> Option<String> {
    let for_all = config.endpoint_url().map(str::to_owned);
    if config.get_origin("endpoint_url").is_client_config() {
        return for_all;
    }
    let key = ServiceConfigKey::builder()
        .service_id("Chime SDK Messaging")
        .env("AWS_ENDPOINT_URL")
        .profile("endpoint_url")
        .build()
        .ok()?;
    config.service_config().and_then(|services| services.load_config(key)).or(for_all)
}

#[cfg(test)]
mod tests {
    use aws_config::Region;

    use super::*;

    #[tokio::test]
    async fn each_partition_has_its_endpoints() {
        let cases = [
            (
                Some("eu-central-1"),
                false,
                false,
                "",
                Some("https://messaging-chime.eu-central-1.amazonaws.com"),
            ),
            (
                Some("us-east-1"),
                true,
                false,
                "",
                Some("https://messaging-chime-fips.us-east-1.amazonaws.com"),
            ),
            (Some("us-east-1"), false, true, "", Some("https://messaging-chime.us-east-1.api.aws")),
            (Some("us-east-1"), false, false, "http://127.0.0.1:8200/", Some("http://127.0.0.1:8200")),
            (None, false, false, "http://127.0.0.1:8200/", None),
        ];
        for (region, fips, dual, url, expected) in cases {
            let mut config = SdkConfig::builder().use_fips(fips).use_dual_stack(dual);
            config.set_region(region.map(Region::new));
            config.set_endpoint_url(Some(url).filter(|url| !url.is_empty()).map(str::to_owned));
            assert_eq!(of(&config.build()).await.as_deref(), expected, "{region:?} {fips} {dual} {url}");
        }
    }

    #[tokio::test]
    async fn what_is_answered_without_the_sdk_is_what_it_would_answer() {
        let regions = "af-south-1 ap-east-1 ap-northeast-3 ap-southeast-7 ca-central-1 ca-west-1 cn-north-1 eu-central-2 \
            eu-isoe-west-1 eu-north-1 eusc-de-east-1 il-central-1 me-central-1 mx-central-1 sa-east-1 us-east-1 us-gov-east-1 \
            us-gov-west-1 us-iso-east-1 us-isob-east-1 us-isof-south-1 us-west-2 aws-global local x";
        let mut usuals = 0;
        for region in regions.split_whitespace() {
            for named in [None, Some("https://vpce.example/path")] {
                let config = SdkConfig::builder().build();
                let sdk = by_sdk(&config, region, named.map(str::to_owned)).await;
                if let Some(usual) = usual(&config, region, named) {
                    usuals += 1;
                    assert_eq!(Some(usual), sdk, "{region}");
                }
            }
        }
        assert_eq!(usuals, 25 + 14);
    }
}
