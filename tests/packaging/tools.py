"""The developer tools as modules: they live outside every package, so they are loaded by file."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]


def load_tool(name: str, root: Path = ROOT) -> ModuleType:
    """``packaging/NAME.py`` of the checkout *root*, loaded anew."""
    spec = importlib.util.spec_from_file_location(f"packaging_{name}", root / "packaging" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
