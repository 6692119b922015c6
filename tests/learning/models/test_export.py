import pytest

from mnist_desktop.errors import FileError
from mnist_desktop.learning.models.export import export_model
from mnist_desktop.learning.models.model import Model
from mnist_desktop.learning.models.model_file import open_model
from mnist_desktop.learning.models.network import MLP
from mnist_desktop.learning.settings.config import NetworkConfig

NETWORK = NetworkConfig((12, 16), "tanh")


@pytest.mark.parametrize("suffix", [".safetensors", ".SafeTensors", ".pt", ".PTH", ".txt", ""])
def test_a_model_is_written_as_its_suffix_says_or_not_at_all(tmp_path, suffix):
    path = tmp_path / f"model{suffix}"
    model = Model(NETWORK, MLP(NETWORK).state_dict())
    if suffix in {".txt", ""}:
        with pytest.raises(FileError, match=r"exported as \.safetensors, \.pt, \.pth, \.onnx only"):
            export_model(path, model)
        assert list(tmp_path.iterdir()) == []
    else:
        export_model(path, model)
        assert path.read_bytes().startswith(b"PK") == suffix.lower().startswith(".pt")
        assert open_model(path).network == NETWORK
