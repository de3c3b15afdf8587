//! [`listed`]: reads lists of a service, without mistaking an empty response for an empty list.

use std::time::Duration;

use super::Refusal;

/// How long to wait before each retry.
const PAUSES: [Duration; 2] = [Duration::from_millis(300), Duration::from_secs(1)];

/// Returns the list that `ask` requests; `None` if a response contains no list. A response with elements is accepted at once. An empty list
/// has to be returned twice, because one empty response does not prove that there is nothing.
///
/// # Errors
/// The error of `ask`, or one that says that the responses of `operation` contain no list.
pub(crate) async fn listed<T>(
    operation: &'static str,
    ask: impl AsyncFn() -> Result<Option<Vec<T>>, Refusal>,
) -> Result<Vec<T>, Refusal> {
    listed_after(PAUSES, operation, ask).await
}

async fn listed_after<T>(
    pauses: [Duration; 2],
    operation: &'static str,
    ask: impl AsyncFn() -> Result<Option<Vec<T>>, Refusal>,
) -> Result<Vec<T>, Refusal> {
    let mut was_empty = false;
    for pause in pauses.map(Some).into_iter().chain([None]) {
        match ask().await? {
            Some(list) if was_empty || !list.is_empty() => return Ok(list),
            Some(_) => was_empty = true,
            None => {}
        }
        if let Some(pause) = pause {
            tokio::time::sleep(pause).await;
        }
    }
    Err(Refusal::without(operation, "a list"))
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    #[tokio::test]
    async fn an_empty_list_is_believed_the_second_time_and_none_never() {
        let (none, empty, full) = (None, Some(Vec::new()), Some(vec![1]));
        for (answers, expected) in [
            (vec![&full], Some(vec![1])),
            (vec![&empty, &full], Some(vec![1])),
            (vec![&none, &full], Some(vec![1])),
            (vec![&none, &none, &full], Some(vec![1])),
            (vec![&empty, &empty], Some(Vec::new())),
            (vec![&empty, &none, &empty], Some(Vec::new())),
            (vec![&none, &none, &none], None),
            (vec![&none, &none, &empty], None),
        ] {
            let left = Mutex::new(answers.iter());
            let found = listed_after([Duration::ZERO; 2], "List", async || {
                Ok(left.lock().expect("one asks").next().copied().cloned().flatten())
            });
            let found = found.await;
            assert_eq!(found.as_ref().ok(), expected.as_ref(), "{answers:?}");
            assert_eq!(left.lock().expect("one asks").len(), 0, "{answers:?}");
            let message = found.err().map(|refusal| refusal.to_string()).unwrap_or_default();
            assert!(expected.is_some() || message.contains("HTTP 200, without a list"), "{message}");
        }
    }
}
