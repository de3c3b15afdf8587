use std::time::{Duration, UNIX_EPOCH};

use aws_sdk_chimesdkmessaging::config::Credentials;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4::SigningParams;
use aws_smithy_runtime_api::client::identity::Identity;
use aws_smithy_types::body::SdkBody;

use super::*;

const REGION: &str = "eu-central-1";

/// What the library of AWS makes of the same request and the same headers.
fn by_aws(request: &HttpRequest, with: &Credentials, time: SystemTime) -> String {
    let identity: Identity = with.clone().into();
    let params = SigningParams::builder()
        .identity(&identity)
        .region(REGION)
        .name("chime")
        .time(time)
        .settings(SigningSettings::default())
        .build()
        .unwrap()
        .into();
    let headers = request.headers().iter().filter(|(name, _)| is_signed(name));
    let body = SignableBody::Bytes(request.body().bytes().unwrap());
    let signable = SignableRequest::new(request.method(), request.uri(), headers, body).unwrap();
    let (instructions, _) = sign(signable, &params).unwrap().into_parts();
    let authorization = instructions.headers().find(|(name, _)| *name == "authorization");
    authorization.unwrap().1.to_owned()
}

fn request(uri: &str, body: &str, headers: &[(&'static str, String)]) -> HttpRequest {
    let mut request = HttpRequest::new(SdkBody::from(body));
    request.set_method("POST").unwrap();
    request.set_uri(uri.to_owned()).unwrap();
    for (name, value) in headers {
        request.headers_mut().insert(*name, value.clone());
    }
    request
}

/// A generator with a fixed seed: xorshift64*.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        usize::try_from(self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33).unwrap() % limit
    }

    fn text(&mut self, of: &str, longest: usize) -> String {
        let of: Vec<_> = of.chars().collect();
        (0..=self.below(longest)).map(|_| of[self.below(of.len())]).collect()
    }
}

#[test]
fn every_signature_is_the_one_that_the_library_of_aws_makes() {
    const LETTERS: &str = "abcXYZ0189-_~.";
    let random = &mut Random(20_261_130);
    let scheme = SigV4::new("chime", REGION);
    for number in 0..2_000 {
        let origin = [
            "https://messaging-chime.eu-central-1.amazonaws.com",
            "http://127.0.0.1:8200",
            "http://localhost:80",
        ][random.below(3)];
        let path = ["", "/", "/channels/", "/channels/arn%3Aaws%3Achime%2F"][random.below(4)];
        let path =
            if path.len() < 2 { path.to_owned() } else { format!("{path}c{}", random.text(LETTERS, 40)) };
        let query = ["", "?operation=channel-flow-callback", "?b=2&a=1", "?token"][random.below(4)];
        let headers = [
            ("content-type", "application/json".to_owned()),
            ("content-length", random.below(4_096).to_string()),
            ("x-amz-chime-bearer", random.text("arn:aws/ user", 60).trim().to_owned()),
            ("accept", "*/*".to_owned()),
        ];
        let body = random.text("{}\"Content:äöü🙂 ", 3_000);
        let token = (random.below(2) == 0).then(|| random.text(LETTERS, 800));
        let secret = ["wJalrXUtnFEMI/EXAMPLEKEY", "another/EXAMPLEKEY"][random.below(2)];
        let with = Credentials::new("AKIDEXAMPLE", secret, token, None, "test");
        // Every hundred requests a new day, at any second of it.
        let seconds = 1_790_000_000 + number / 100 * 86_400 + random.below(86_400) as u64;
        let time = UNIX_EPOCH + Duration::from_secs(seconds);
        let uri = format!("{origin}{path}{query}");
        let mut ours = request(&uri, &body, &headers[..random.below(headers.len() + 1)]);
        let theirs = by_aws(&ours, &with, time);
        scheme.sign(&mut ours, &with, time).unwrap();
        assert_eq!(ours.headers().get("authorization"), Some(theirs.as_str()), "{uri}");
        assert_eq!(ours.headers().get("x-amz-security-token"), with.session_token());
    }
}

#[test]
fn secrets_stay_out_of_debug_output() {
    let scheme = SigV4::new("chime", REGION);
    let with = Credentials::new("AKIDEXAMPLE", "wJalrXUtnFEMI/EXAMPLEKEY", None, None, "test");
    scheme.sign(&mut request("https://localhost/", "", &[]), &with, UNIX_EPOCH).unwrap();
    assert_eq!(format!("{scheme:?}"), r#"SigV4 { region: "eu-central-1", service: "chime", .. }"#);
}
