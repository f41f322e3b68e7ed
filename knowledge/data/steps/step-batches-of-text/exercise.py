"""Exercise: padded_batch and a mask by hand."""

import torch


def collate(rows: list[list[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    # Ids padded with 0 to the longest row, and a mask that is True for words.
    raise NotImplementedError("collate")


def average(embedded: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    # The mean over the words of each row (batch × time × size → batch × size); 0 for an empty row.
    raise NotImplementedError("average")


def attend(query: torch.Tensor, keys: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    # Weights of softmax(query · keys) per row that are 0 where there is no word.
    # query: batch × size, keys: batch × time × size.
    raise NotImplementedError("attend")
