import numpy as np
import pytest
import torch
from torch.utils.data import DataLoader, TensorDataset

from mnist_desktop.learning.data.loading import (
    BatchIndices,
    PictureDataset,
    data_loader,
    epoch_order,
    one_batch,
)


def indices_of(loader):
    return [indices.tolist() for indices in loader.batch_sampler]


def test_it_is_the_tutorial_s_tensor_dataset_and_data_loader(small):
    loader = data_loader(small.train, 64)
    assert isinstance(loader, DataLoader)
    assert isinstance(loader.dataset, TensorDataset)
    picture, label = loader.dataset[7]
    np.testing.assert_array_equal(picture, small.train.pictures[7])
    assert label == small.train.labels[7]
    assert len(loader.dataset) == 2000


def test_mnist_makes_the_tutorial_s_batches(mnist):
    sizes = [len(labels) for _, labels in data_loader(mnist.train, 64)]
    assert sizes == [64] * 781 + [16]
    assert len(data_loader(mnist.train, 64)) == 782
    assert len(data_loader(mnist.validation, 64)) == 157


def test_without_shuffling_every_epoch_has_the_order_of_the_split(small):
    loader = data_loader(small.train, 300, epoch_order(None))
    for _ in range(2):
        pictures, labels = (torch.cat(parts) for parts in zip(*loader, strict=True))
        assert (pictures.dtype, labels.dtype) == (torch.uint8, torch.int64)
        np.testing.assert_array_equal(pictures, small.train.pictures)
        np.testing.assert_array_equal(labels, small.train.labels)


def test_shuffled_every_picture_comes_once_with_its_own_label(small):
    loader = data_loader(small.train, 64, epoch_order(3))
    pictures, labels = (torch.cat(parts) for parts in zip(*loader, strict=True))

    def as_set(pictures, labels):
        pairs = zip(pictures, labels, strict=True)
        return sorted((bytes(picture), int(label)) for picture, label in pairs)

    assert as_set(pictures.numpy(), labels) == as_set(small.train.pictures, small.train.labels)
    assert not np.array_equal(labels, small.train.labels)


def test_each_epoch_has_a_new_order_and_the_same_seed_the_same_orders(small):
    one, again = (data_loader(small.train, 64, epoch_order(3)) for _ in range(2))
    first, second = indices_of(one), indices_of(one)
    assert first != second
    assert [indices_of(again), indices_of(again)] == [first, second]
    assert indices_of(data_loader(small.train, 64, epoch_order(4))) != first


def test_others_random_numbers_have_no_part_in_it_nor_it_in_them(small):
    expected = list(data_loader(small.train, 64, epoch_order(3)))
    torch.manual_seed(99)
    before = torch.random.get_rng_state()
    for batch, same in zip(data_loader(small.train, 64, epoch_order(3)), expected, strict=True):
        assert torch.equal(batch[0], same[0])
    assert torch.equal(torch.random.get_rng_state(), before)


@pytest.mark.parametrize(
    ("count", "batch_size", "sizes"),
    [(10, 5, [5, 5]), (10, 3, [3, 3, 3, 1]), (10, 100, [10]), (1, 1, [1])],
)
def test_the_last_batch_is_what_is_left(count, batch_size, sizes):
    batches = BatchIndices(count, batch_size, None)
    assert [len(indices) for indices in batches] == sizes
    assert len(batches) == len(sizes)


@pytest.mark.parametrize("seed", [None, 5])
def test_one_batch_is_that_of_the_next_epoch(small, seed):
    expected = list(data_loader(small.train, 64, epoch_order(seed)))
    for number in (0, 3, 31):
        loader = data_loader(small.train, 64, epoch_order(seed))
        indices, (pictures, labels) = one_batch(loader, number)
        assert torch.equal(pictures, expected[number][0])
        assert torch.equal(labels, expected[number][1])
        np.testing.assert_array_equal(pictures, small.train.pictures[indices])


def test_the_pictures_are_not_copied(small):
    pictures, _ = PictureDataset(small.train).tensors
    assert pictures.data_ptr() == small.train.pictures.ctypes.data
