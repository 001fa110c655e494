"""Writes the commands that FATE's flow program offers, "group verb" each."""
import json
import sys

import click

from flow_client.flow import flow_cli


def walk(command, path):
    if isinstance(command, click.Group):
        for name in sorted(command.commands):
            yield from walk(command.commands[name], path + [name])
    else:
        yield " ".join(path)


with open(sys.argv[-1], "w") as results:
    json.dump([name for name in walk(flow_cli, []) if name != "init"], results)
