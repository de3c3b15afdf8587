"""Makes plans.txt of the compiled metadata of libphonenumber, as the crate rlibphonenumber contains it:

python3 plans.py ~/.cargo/registry/src/*/rlibphonenumber-2.2.15/src/generated/metadata/metadata.bin > plans.txt
"""

import re
import sys

HEAD = """\
# The numbering plans of the world, from the metadata of libphonenumber (https://github.com/google/libphonenumber, Apache License 2.0)
# in the release that the crate rlibphonenumber 2.2.15 contains. plans.py makes this file, and tests compare it with the crate.
#
# Each section is a country or service: its calling code and region. The main region of a calling code comes first.
#   lengths  of national numbers; after a slash those that are dialled locally only
#   abroad   the international call prefix
#   trunk    the national prefix, and `becomes` what replaces it
#   starts   how national numbers begin that belong to this region of several
#   written  how people write national numbers: `0` if after the trunk prefix 0; the digits that mobile numbers start with
#   bare     lengths and starts of numbers that are written without the trunk prefix, such as those of services
#   any      every national number; then each kind, with its lengths (`*`: as above)
"""

# Field numbers of `PhoneMetadata` in phonemetadata.proto, in the order in which libphonenumber tells kinds.
KINDS = {
    "premium": 5,
    "free": 4,
    "shared": 6,
    "voip": 8,
    "personal": 7,
    "pager": 21,
    "uan": 25,
    "voicemail": 28,
    "fixed": 2,
    "mobile": 3,
}

def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return value, at


def fields(data):
    """Returns the fields of a protobuf message: by number, the list of their values."""
    found, at = {}, 0
    while at < len(data):
        tag, at = varint(data, at)
        value, at = varint(data, at)
        if tag & 7 == 2:
            value, at = data[at : at + value], at + value
        found.setdefault(tag >> 3, []).append(value)
    return found


def text(message, number):
    return message.get(number, [b""])[0].decode()


def bare(pattern):
    """Returns a pattern without the anchors that the crate adds."""
    return re.sub(r"^\^\(\?:(.*)\)\$$", r"\1", re.sub(r"\s", "", pattern))


def lengths(description, number):
    """Returns the lengths that a description names; protobuf may pack them."""
    values = []
    for value in description.get(number, []):
        while isinstance(value, bytes) and value:
            one, at = varint(value, 0)
            values, value = values + [one], value[at:]
        values += [value] if isinstance(value, int) else []
    return values


def first_written_digit(plan, number):
    """Returns the first digit of a national number as people write it in its country."""
    for form in map(fields, plan.get(19, [])):
        starts = form.get(3, [])
        if starts and not re.match(bare(starts[-1].decode()), number):
            continue
        if not re.fullmatch(bare(text(form, 1)), number):
            continue
        rule, written = text(form, 4), text(form, 2)
        if rule:
            written = re.sub(r"\$\d", lambda group: rule.replace("$1", group[0]), written, count=1)
        written = re.sub(bare(text(form, 1)), re.sub(r"\$(\d)", r"\\g<\1>", written), number)
        return re.search(r"\d", written)[0]
    return number[0]


def first_digits(parsed):
    """Returns the digits that texts of a parsed pattern start with, and whether the pattern also has the empty text."""
    starts, all_digits = set(), set("0123456789")
    for kind, value in parsed:
        kind, empty = str(kind), False
        if kind == "LITERAL":
            found = {chr(value)}
        elif kind == "IN":
            found = set()
            for item, what in value:
                if str(item) == "RANGE":
                    found |= {chr(code) for code in range(what[0], what[1] + 1)}
                else:
                    found |= {chr(what)} if str(item) == "LITERAL" else all_digits
        elif kind == "BRANCH":
            branches = [first_digits(branch) for branch in value[1]]
            found, empty = set().union(*(found for found, _ in branches)), any(empty for _, empty in branches)
        elif kind == "SUBPATTERN":
            found, empty = first_digits(value[3])
        elif kind == "MAX_REPEAT":
            found, empty = first_digits(value[2])
            empty |= value[0] == 0
        else:
            raise ValueError(kind)
        starts |= found
        if not empty:
            return starts, False
    return starts, True


def section(plan):
    kinds = {name: fields(plan[number][0]) for name, number in KINDS.items() if number in plan}
    general = fields(plan[1][0])
    if plan.get(18, [0])[0] and "mobile" not in kinds:
        kinds["mobile"] = kinds["fixed"]
    example = lambda kind: text(kinds.get(kind, {}), 6)
    fixed = example("fixed")
    mobile = bare(text(kinds.get("mobile", {}), 2))
    mobile = first_digits(re._parser.parse(mobile))[0] if mobile not in ("", "NA") else ()
    # In Italy the leading zero is part of the number, and also dialled from abroad.
    trunk = fixed and fixed[0] != "0" and first_written_digit(plan, fixed) == "0"
    bare_forms = []
    for form in map(fields, plan.get(19, [])):
        shortest, longest = re._parser.parse(bare(text(form, 1))).getwidth()
        formed = [length for length in lengths(general, 9) if shortest <= length <= longest]
        if trunk and formed and "0" not in text(form, 4):
            starts = bare(form[3][-1].decode()) if 3 in form else r"\d"
            bare_forms.append(("bare", f"{','.join(map(str, formed))} {starts}"))
    local = ",".join(map(str, lengths(general, 10)))
    rows = [
        ("lengths", ",".join(map(str, lengths(general, 9))) + (f"/{local}" if local else "")),
        ("abroad", bare(text(plan, 11))),
        ("trunk", bare(text(plan, 15))),
        ("becomes", text(plan, 16)),
        ("starts", bare(text(plan, 23))),
        ("written", f"{'0' if trunk else '-'} {''.join(sorted(mobile)) or '-'}"),
        *bare_forms,
        ("any", bare(text(general, 2))),
    ]
    for name in KINDS:
        pattern = bare(text(kinds.get(name, {}), 2))
        if pattern and pattern != "NA":
            kind_lengths = lengths(kinds[name], 9)
            rows.append((name, f"{','.join(map(str, kind_lengths)) or '*'} {pattern}"))
    lines = "".join(f"{key} {value}\n" for key, value in rows if value)
    return f"\n{plan[10][0]} {text(plan, 9)}\n{lines}"


def main():
    with open(sys.argv[1], "rb") as file:
        plans = [fields(plan) for plan in fields(file.read())[1]]
    # As the library sorts them: the main region first, the last of several.
    codes = {}
    for plan in plans:
        regions = codes.setdefault(plan[10][0], [])
        regions.insert(0 if plan.get(22, [0])[0] else len(regions), plan)
    print(HEAD + "".join(section(plan) for code in sorted(codes, key=str) for plan in codes[code]), end="")


main()
