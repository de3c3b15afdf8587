"""The service `chime` of 2021, before messaging and identity had services of their own, against `chimeflow local`."""

import json
import unittest

from local import service
from support import ROOT, run

PYTHON = ROOT / "target" / "clients-2021" / "bin" / "python"
SCRIPT = ROOT / "tests" / "clients" / "chime_2021.py"


class Chime2021(unittest.TestCase):
    def test_every_operation_with_and_without_prefixes_of_hosts(self):
        for hosts in ("plain", "prefixed"):
            with self.subTest(hosts), service() as endpoint:
                # With prefixes, the hosts are identity-chime.localhost and messaging-chime.localhost.
                endpoint = endpoint.replace("127.0.0.1", "chime.localhost") if hosts == "prefixed" else endpoint
                said = json.loads(run(PYTHON, SCRIPT, endpoint, hosts, seconds=120))
                self.assertEqual(said["done"], said["model"])
                self.assertGreaterEqual(len(said["done"]), 30)


if __name__ == "__main__":
    unittest.main()
