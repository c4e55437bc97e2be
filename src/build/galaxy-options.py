"""Brings schemas/galaxy-options.json up to date from Galaxy's own "galaxy-config" packages, unpacked.

    python3 src/build/galaxy-options.py schemas/galaxy-options.json FOLDER...
    npx biome format --write schemas/galaxy-options.json && npm run generate

Each FOLDER is one unpacked package (it holds "galaxy" and "galaxy_config-VERSION.dist-info"); give consecutive
releases, oldest first. For the releases given, the packages decide which options exist and what each is; what the
table says about older releases stays. Only facts are taken: names, types, defaults, base directories of paths,
aliases, choices, and whether an option is reloaded or may differ by host name. Texts are left where they are.

With --probe, FOLDER... are the outputs of galaxy-options-probe.py, and the facts are which values stop Galaxy.
Facts that stand in no package (secret, undocumented, replaced_by, ...) are kept by hand in the table.
"""

import json
import pathlib
import sys

import yaml

# Attributes this script owns; every other one is kept.
FROM_SCHEMA = ("type", "default", "path_base", "reloadable", "per_host", "deprecated_alias", "choices")
PYKWALIFY = {"path_resolves_to": "path_base", "enum": "choices"}
# When the samples became a schema with typed defaults.
SCHEMA_ERA = "18.01"
# Stands for a default that is a sentence or two.
PROSE = "..."


# What the schema has wrong: lib/galaxy/objectstore/__init__.py asks this one for its "type".
MISTAKEN = {"object_store_config": {"type": "map"}}


class Loader(yaml.SafeLoader):
    pass


Loader.add_constructor("!include", lambda loader, node: {"type": "include"})


def number(release):
    year, part = release.split(".")[:2]
    return int(year), int(part)


def read(folder):
    (info,) = folder.glob("galaxy_config-*.dist-info")
    version = info.name.split("-")[1].removesuffix(".dist")
    release = ".".join(version.split(".")[:2])
    text = (folder / "galaxy/config/schemas/config_schema.yml").read_text()
    mapping = yaml.load(text, Loader)["mapping"]["galaxy"]["mapping"]
    return release, version, {name: facts(raw) | MISTAKEN.get(name, {}) for name, raw in mapping.items()}


def facts(raw):
    found = {PYKWALIFY.get(key, key): value for key, value in raw.items()}
    if is_prose(found.get("default")):
        found["default"] = PROSE
    off = {"default": (None,)}
    return {
        key: found[key]
        for key in FROM_SCHEMA
        if not any(found.get(key) is value for value in off.get(key, (None, False)))
    }


def is_prose(default):
    return isinstance(default, str) and len(default.split()) > 6


def change(option, key, release, value):
    """Notes in KEY_changes that a value differs from `release` on: [[first release, value], ...]."""
    old = option.get(key)
    if old == value:
        return
    changes = option.setdefault(f"{key}_changes", [[max(option["since"], SCHEMA_ERA, key=number), old]])
    changes.append([release, value])


def merge(table, folders):
    packages = [read(pathlib.Path(folder)) for folder in folders]
    first = packages[0][0]
    options = table["options"]
    known = [release for release in table["releases"] if number(release) < number(first)]
    # Undo what an earlier run said about these releases. An option without "since" was never listed.
    for option in options.values():
        if "since" in option and number(option["since"]) >= number(first):
            for key in [key for key in option if key in (*FROM_SCHEMA, "since", "until") or key.endswith("_changes")]:
                if key != "choices":
                    del option[key]
            continue
        if "until" in option and number(option["until"]) >= number(known[-1]):
            del option["until"]
        for key in ("default", "path_base"):
            changes = option.get(f"{key}_changes")
            if changes:
                kept = [one for one in changes if number(one[0]) < number(first)]
                option[f"{key}_changes"] = kept
                option[key] = kept[-1][1]
                if option[key] is None:
                    del option[key]
                if len(kept) < 2:
                    del option[f"{key}_changes"]
    for release, _, mapping in packages:
        for name, option in options.items():
            if "since" in option and "until" not in option and name not in mapping:
                option["until"] = known[-1]
        for name, found in mapping.items():
            option = options.setdefault(name, {})
            if "since" not in option:
                option["since"] = release
            else:
                option.pop("until", None)
                for key in ("default", "path_base"):
                    change(option, key, release, found.get(key))
            for key in FROM_SCHEMA:
                if key != "choices":
                    option.pop(key, None)
            option.update(found)
            option.pop("sample_default", None)
        known.append(release)
    table["releases"] = known
    table["packages"] = {**table.get("packages", {}), **{release: {"version": version, "options": len(mapping)} for release, version, mapping in packages}}
    for name, option in options.items():
        if "since" not in option and not option.get("undocumented") and not option.get("reserved"):
            raise SystemExit(f"no release lists {name}")


def probe(table, files):
    """Which options stop Galaxy when they hold null, another type than text, a list, or an unknown word."""
    found = sorted((json.loads(pathlib.Path(file).read_text()) for file in files), key=lambda one: number(one["release"]))
    options = table["options"]
    for option in options.values():
        for key in ("null_stops", "unconverted", "list_stops", "choices_enforced"):
            option.pop(key, None)
    for name, option in options.items():
        tried = [one for one in found if name in one["tried"]]
        stops = [one["release"] for one in tried if name in one["null"]]
        if stops:
            bounds = {}
            if tried[0]["release"] != stops[0]:
                bounds["since"] = stops[0]
            if tried[-1]["release"] != stops[-1]:
                bounds["until"] = stops[-1]
            option["null_stops"] = bounds or True
        for key in ("unconverted", "list_stops", "choices_enforced"):
            if tried and name in tried[-1][key]:
                option[key] = True


def main(path, *rest):
    file = pathlib.Path(path)
    table = json.loads(file.read_text())
    if rest[:1] == ("--probe",):
        probe(table, rest[1:])
    else:
        merge(table, rest)
    order = ("since", "until", "type", "choices", "default")
    place = {key: index for index, key in enumerate(order)}
    table["options"] = {
        name: dict(sorted(option.items(), key=lambda pair: (place.get(pair[0], 9), pair[0])))
        for name, option in sorted(table["options"].items())
    }
    file.write_text(json.dumps(table, indent=2) + "\n")


main(*sys.argv[1:])
