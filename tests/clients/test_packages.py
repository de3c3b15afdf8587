"""What a release consists of, as far as it needs no release build: the npm loader, the templates, the files for GitHub and Docker."""

import importlib.machinery
import importlib.util
import json
import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from local import PROGRAM, built
from support import ROOT, clean_env, run

RULES = """version = 1

[[rule]]
id = "birds"
find = {{ words = ["{word}"] }}
do = "mask"
hit = ["a grey {said}"]
"""


def load_release():
    """tools/release as a module."""
    loader = importlib.machinery.SourceFileLoader("release", str(ROOT / "tools" / "release"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("release", loader))
    loader.exec_module(module)
    return module


class Packages(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        built()
        cls.release = load_release()

    def setUp(self):
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))

    def test_the_npm_loader_runs_the_program_for_this_machine(self):
        package = self.folder / "node_modules/@chimeflow/linux-x64/bin"
        package.mkdir(parents=True)
        (package / "chimeflow").symlink_to(PROGRAM)
        self.release.npm_loader(self.folder)
        [packed] = self.folder.glob("*.tgz")
        shutil.unpack_archive(packed, self.folder, filter="data")
        loader = (self.folder / "package").rename(self.folder / "node_modules/chimeflow")
        manifest = json.loads((loader / "package.json").read_text())
        self.assertIn("@chimeflow/linux-x64", manifest["optionalDependencies"])

        for arguments, code, says in [
            (["--version"], 0, f"chimeflow {manifest['version']}"),
            (["check", "missing.toml"], 2, "missing.toml"),
        ]:
            done = self.node(loader / manifest["bin"]["chimeflow"], *arguments)
            self.assertEqual((done.returncode, says in done.stdout + done.stderr), (code, True), done)

        shutil.rmtree(self.folder / "node_modules/@chimeflow")
        done = self.node(loader / manifest["bin"]["chimeflow"], "--version")
        self.assertEqual(done.returncode, 2)
        self.assertIn("the package @chimeflow/linux-x64 is missing", done.stderr)

    def node(self, *command):
        return subprocess.run(["node", *map(str, command)], cwd=self.folder, env=clean_env(), capture_output=True, text=True)

    def test_the_templates_of_a_release_deploy_the_zip_beside_them(self):
        for architecture in ("x86_64", "arm64"):
            (self.folder / f"chimeflow-function-1.2.3-{architecture}.zip").write_bytes(self.release.zipped({"bootstrap": b""}))
        self.release.deployment(self.folder)
        templates = sorted(self.folder.glob("*.template.yaml"))
        self.assertEqual(len(templates), 2)
        for template in templates:
            run("sam", "validate", "--lint", "--template-file", template, seconds=120, env=clean_env(AWS_DEFAULT_REGION="us-east-1"))

    def test_archives_are_the_same_each_time(self):
        files = {"b/program": b"\x7fELF", "a.txt": b"text"}
        for write in (self.release.zipped, self.release.tarred):
            self.assertEqual(write(files, "b/program"), write(dict(reversed(files.items())), "b/program"))

    def test_completions_and_manual_pages_are_of_every_command(self):
        run(PROGRAM, "man", self.folder, seconds=30)
        commands = {page.name.removeprefix("chimeflow").removesuffix(".1").strip("-") for page in self.folder.iterdir()}
        self.assertLessEqual({"", "check", "explain", "flow-attach", "rules-push"}, commands)
        script = self.folder / "chimeflow.bash"
        script.write_text(run(PROGRAM, "completions", "bash", seconds=30))
        ask = f'. {script}; COMP_WORDS=(chimeflow exp) COMP_CWORD=1; _chimeflow chimeflow exp chimeflow; echo "${{COMPREPLY[*]}}"'
        self.assertIn("explain", run("bash", "-c", ask, seconds=30).split())

    def test_files_for_github_and_docker_are_valid(self):
        schema = ("check-jsonschema", "--builtin-schema")
        run(*schema, "vendor.github-workflows", *(ROOT / ".github/workflows").glob("*.yml"), seconds=60)
        run(*schema, "vendor.github-actions", ROOT / "action.yml", seconds=60)
        run("hadolint", ROOT / "Dockerfile", seconds=60)
        run("shellcheck", ROOT / "tools/check-rules", seconds=60)


class CheckRules(unittest.TestCase):
    """What the action does in a pull request, in a repository of somebody's."""

    maxDiff = None

    def setUp(self):
        built()
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.git("init", "--quiet", "--initial-branch=main")
        (self.folder / "corpus.jsonl").write_text('{"text": "a grey heron"}\n{"text": "a grey wren"}\n')
        self.write("heron", "heron")
        self.git("add", ".")
        self.git("commit", "--quiet", "--message", "rules")

    def git(self, *arguments):
        who = ("-c", "user.name=Ann", "-c", "user.email=ann@example.com")
        return run("git", "-C", self.folder, *who, *arguments, seconds=30)

    def write(self, word, said):
        (self.folder / "rules.toml").write_text(RULES.format(word=word, said=said))

    def check(self, corpus="corpus.jsonl"):
        """The exit code, and the comment for the pull request."""
        output = self.folder / "output"
        output.unlink(missing_ok=True)
        settings = {"RULES": "rules.toml", "CORPUS": corpus, "BASE": "HEAD", "PROGRAM": str(PROGRAM)}
        files = {"GITHUB_OUTPUT": str(output), "GITHUB_STEP_SUMMARY": os.devnull}
        done = subprocess.run([ROOT / "tools/check-rules"], cwd=self.folder, env=clean_env(**settings, **files), capture_output=True, text=True)
        first, *lines, last = output.read_text().splitlines()
        self.assertEqual(first, f"comment<<{last}")
        self.assertEqual(self.git("worktree", "list").count("\n"), 1, "the old rules are still laid out")
        return done.returncode, "\n".join(lines)

    def test_unchanged_rules_have_no_difference(self):
        code, comment = self.check()
        self.assertEqual(code, 0, comment)
        self.assertIn("The rules load and pass their examples.", comment)
        self.assertNotIn("grey", comment)

    def test_a_change_is_shown_without_the_text_of_messages(self):
        self.write("wren", "wren")
        code, comment = self.check()
        self.assertEqual(code, 0, comment)
        self.assertIn("2 of 2 messages", comment)
        self.assertNotIn("grey", comment)

    def test_rules_that_fail_their_examples_fail_the_action(self):
        self.write("wren", "sparrow")
        code, comment = self.check()
        self.assertEqual(code, 1)
        self.assertIn("**The rules fail the check.**", comment)
        self.assertIn("should find something in this", comment)

    def test_a_corpus_that_is_not_there_is_told(self):
        code, comment = self.check(corpus="missing.jsonl")
        self.assertEqual(code, 2)
        self.assertIn("**The comparison failed.**", comment)
        self.assertIn("missing.jsonl", comment)


if __name__ == "__main__":
    unittest.main()
