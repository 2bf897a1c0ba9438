"""Writes `config/schemas/*.json`, the JSON Schemas that editors use for completion in configuration files."""

from __future__ import annotations

import json

from bulletin.load.json_schemas import json_schemas
from bulletin.shipped import shipped


def main() -> None:
    for name, schema in json_schemas().items():
        path = shipped("config", "schemas", f"{name}.json")
        path.write_text(json.dumps(schema, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
