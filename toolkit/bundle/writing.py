"""A content file as text: the opposite of reading one."""

import json

import yaml

from toolkit.bundle.format import BlockText, PageFile


def text_of(file: PageFile) -> str:
    """Write a content file. Equal files give equal text."""
    body = "\n\n".join(_block(block) for block in file.blocks)
    return f"---\n{yaml_of(file.fields)}---\n" + (f"\n{body}\n" if body else "")


class Dumper(yaml.SafeDumper):
    """Writes texts as they are, and those with unusual letters so that each of these is seen and comes back."""


def _represent_text(dumper: Dumper, text: str):
    # In other quotes, YAML folds line ends, and takes several letters for line ends.
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=None if text.isprintable() else '"')


Dumper.add_representer(str, _represent_text)


def yaml_of(values: dict) -> str:
    """Write values as YAML that people can read: one a line, in the order given, letters as they are."""
    return yaml.dump(values, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=1_000_000)


def _block(block: BlockText) -> str:
    text = "\n".join(block.lines)
    if not block.fenced:
        return text
    if block.code:
        return f"::: {block.type} {block.code} :::"
    attributes = [f"{name}: {_attribute(value)}".rstrip() for name, value in block.attributes.items()]
    between = [""] if attributes and text else []
    return "\n".join([f"::: {block.type}", *attributes, *between, *([text] if text else []), ":::"])


def _attribute(value: str) -> str:
    """Write a value as it is, or as JSON where it would not come back as it is."""
    is_plain = value == value.strip() and value.isprintable() and not value.startswith('"')
    return value if is_plain else json.dumps(value, ensure_ascii=False)
