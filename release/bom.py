#!/usr/bin/env python3
"""A software bill of materials (CycloneDX 1.5, JSON) of what is linked into the program for a target.

    release/bom.py TARGET > xhht.cdx.json

Everything comes from `cargo metadata` of the locked versions, without a network: names, versions, licences, checksums of
the registry, who uses whom. Crates that only run while building are marked as excluded. The same lock file gives the
same bytes.
"""

import json
import pathlib
import subprocess
import sys
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent


def main(target):
    command = ["cargo", "metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform", target]
    metadata = json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout)
    packages = {package["id"]: package for package in metadata["packages"]}
    nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
    lock = tomllib.loads((ROOT / "Cargo.lock").read_text())["package"]
    checksums = {(p["name"], p["version"]): p.get("checksum") for p in lock}
    root = metadata["resolve"]["root"]

    def used(node, kinds):
        for dependency in node["deps"]:
            if any((kind["kind"] or "normal") in kinds for kind in dependency["dep_kinds"]):
                yield dependency["pkg"]

    def is_macro(identity):
        return any("proc-macro" in t["kind"] for t in packages[identity]["targets"])

    # What is linked; then what is needed to build that.
    linked, waiting = set(), [root]
    while waiting:
        node = waiting.pop()
        if node not in linked and not is_macro(node):
            linked.add(node)
            waiting.extend(used(nodes[node], {"normal"}))
    everything, waiting = set(), [root]
    while waiting:
        node = waiting.pop()
        if node not in everything:
            everything.add(node)
            waiting.extend(used(nodes[node], {"normal", "build"}))

    def purl(package):
        return f"pkg:cargo/{package['name']}@{package['version']}"

    def component(identity):
        package = packages[identity]
        entry = {
            "type": "library",
            "bom-ref": purl(package),
            "name": package["name"],
            "version": package["version"],
            "scope": "required" if identity in linked else "excluded",
            "licenses": [{"expression": package["license"].replace("/", " OR ")}],
        }
        # The kits are not published: crates of the registry that are called alike are others.
        if package["source"]:
            entry["purl"] = purl(package)
        checksum = checksums.get((package["name"], package["version"]))
        if checksum:
            entry["hashes"] = [{"alg": "SHA-256", "content": checksum}]
        if package.get("repository"):
            entry["externalReferences"] = [{"type": "vcs", "url": package["repository"]}]
        return entry

    fonts = {
        "type": "data",
        "bom-ref": "liberation-serif",
        "name": "Liberation Serif",
        "version": "2.1.5",
        "licenses": [{"license": {"id": "OFL-1.1"}}],
    }
    top = packages[root]
    bom = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": purl(top),
                "name": top["name"],
                "version": top["version"],
                "licenses": [{"expression": top["license"]}],
            },
            "properties": [{"name": "target", "value": target}],
        },
        "components": sorted((component(i) for i in everything - {root}), key=lambda c: c["bom-ref"]) + [fonts],
        "dependencies": sorted(
            (
                {
                    "ref": purl(packages[i]),
                    "dependsOn": sorted({purl(packages[d]) for d in used(nodes[i], {"normal", "build"})}),
                }
                for i in everything
            ),
            key=lambda d: d["ref"],
        ),
    }
    json.dump(bom, sys.stdout, ensure_ascii=False, indent=1)
    print()


if __name__ == "__main__":
    main(sys.argv[1])
