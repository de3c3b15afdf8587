"""Runs a filter written in Python: `python peer.py NAME`.

Says its version in a first line, then answers each line `["text"]` with `[flagged, spans or null, nanoseconds]`. Spans are in characters,
with what they are behind. The time is what the processor worked for the filter alone.
"""

import json
import sys
import time
from importlib.metadata import version


def better_profanity():
    from better_profanity import profanity

    profanity.load_censor_words()
    return profanity.contains_profanity


def better_profanity_rs():
    from better_profanity_rs import profanity

    profanity.load_censor_words()
    return profanity.contains_profanity


def alt_profanity_check():
    from profanity_check import predict

    return lambda text: bool(predict([text])[0])


def presidio_analyzer():
    """Its recognisers of patterns, for the kinds that sentences are labelled with. They need no language model; nor do they have the
    words around a number to go by, so what they are least sure of does not count."""
    import tldextract

    # It would fetch a newer list of top-level domains otherwise.
    tldextract.extract = tldextract.TLDExtract(suffix_list_urls=())
    from presidio_analyzer import predefined_recognizers as known

    recognizers = [
        known.CreditCardRecognizer(),
        known.EmailRecognizer(),
        known.IbanRecognizer(),
        known.IpRecognizer(),
        known.PhoneRecognizer(),
        known.UsSsnRecognizer(),
    ]

    def find(text):
        found = [one for r in recognizers for one in r.analyze(text, r.supported_entities, None)]
        return [[one.start, one.end, one.entity_type] for one in found if one.score >= 0.4]

    return find


FILTERS = {
    "better-profanity": better_profanity,
    "better-profanity-rs": better_profanity_rs,
    "alt-profanity-check": alt_profanity_check,
    "presidio-analyzer": presidio_analyzer,
}


def main():
    name = sys.argv[1]
    finds = FILTERS[name]()
    print(json.dumps(version(name)), flush=True)
    for line in sys.stdin:
        (text,) = json.loads(line)
        start = time.process_time_ns()
        found = finds(text)
        nanos = time.process_time_ns() - start
        spans = found if isinstance(found, list) else None
        print(json.dumps([bool(found), spans, nanos]), flush=True)


if __name__ == "__main__":
    main()
