"""`template.yaml`, read for tests: its parts, and the values of its intrinsic functions for given parameters."""

import re

from samcli.yamlhelper import yaml_parse

from support import ROOT

PSEUDO = {"AWS::AccountId": "111122223333", "AWS::Region": "us-east-1", "AWS::StackName": "chimeflow"}
INSTANCE = "arn:aws:chime:us-east-1:111122223333:app-instance/694d2099-cb1e-463e-9d64-697ff5b8950e"


class Template:
    """The template with parameters. What is not given has its default."""

    def __init__(self, **parameters):
        self.source = yaml_parse((ROOT / "template.yaml").read_text())
        defaults = {name: about.get("Default") for name, about in self.source["Parameters"].items()}
        self.values = {**defaults, "AppInstanceArn": INSTANCE, **PSEUDO, **parameters}

    def all(self, kind):
        """The resources of a type that are made with these parameters, by name."""
        resources = self.source["Resources"].items()
        return {name: self.value(about["Properties"]) for name, about in resources if about["Type"] == kind and self.makes(about)}

    def makes(self, about):
        return "Condition" not in about or self.holds(about["Condition"])

    def holds(self, condition):
        return self.value(self.source["Conditions"][condition])

    def value(self, node):
        """What CloudFormation makes of a part of the template. A resource stands for itself: `<Name>`, and `<Name.Attribute>`."""
        if isinstance(node, list):
            values = [self.value(one) for one in node]
            return [value for value in values if value is not None]
        if not isinstance(node, dict):
            return node
        if len(node) == 1:
            [(function, given)] = node.items()
            if function == "Ref" or function.startswith("Fn::") or function == "Condition" and isinstance(given, str):
                return self.apply(function, given)
        values = {name: self.value(one) for name, one in node.items()}
        return {name: value for name, value in values.items() if value is not None}

    def apply(self, function, given):
        match function:
            case "Ref":
                return None if given == "AWS::NoValue" else self.values.get(given, f"<{given}>")
            case "Condition":
                return self.holds(given)
            case "Fn::GetAtt":
                return f"<{given if isinstance(given, str) else '.'.join(given)}>"
            case "Fn::If":
                condition, yes, no = given
                return self.value(yes if self.holds(condition) else no)
            case "Fn::Equals":
                one, other = map(self.value, given)
                return str(one) == str(other)
            case "Fn::Not":
                return not self.value(given[0])
            case "Fn::And":
                return all(self.value(one) for one in given)
            case "Fn::Or":
                return any(self.value(one) for one in given)
            case "Fn::FindInMap":
                name, key, inner = map(self.value, given)
                return self.source["Mappings"][name][key][inner]
            case "Fn::Sub":
                text, more = given if isinstance(given, list) else (given, {})
                more = {name: self.value(one) for name, one in more.items()}
                known = {**self.values, **more}
                said = re.sub(r"\$\{([^!}][^}]*)\}", lambda name: str(known.get(name[1], f"<{name[1]}>")), text)
                return said.replace("${!", "${")
        raise NotImplementedError(function)
