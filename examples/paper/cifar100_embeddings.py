#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""usage: cifar100_embeddings.py FOLDER TEMPLATES     (pip install open_clip_torch torchvision)

Writes what `nngs_paper zero-shot-of` takes, from the 10,000 test images of CIFAR-100 and CLIP ViT-B/32:
images.npy, labels.txt, and prompts-NN.npy for each line of the file TEMPLATES ("a photo of a {}."; the
paper's 18 are those for CIFAR-100 in data/prompts.md of github.com/openai/CLIP). Downloads some 0.8 GB.
"""
import os
import sys

import numpy as np
import open_clip
import torch
import torchvision

folder, templates = sys.argv[1], open(sys.argv[2], encoding="utf-8").read().splitlines()
model, _, prepare = open_clip.create_model_and_transforms("ViT-B-32-quickgelu", pretrained="openai")
model.eval()
tokenize = open_clip.get_tokenizer("ViT-B-32-quickgelu")
images = torchvision.datasets.CIFAR100(folder, train=False, download=True, transform=prepare)
names = [name.replace("_", " ") for name in images.classes]


def save(name, batches):
    np.save(os.path.join(folder, name), np.concatenate([batch.numpy() for batch in batches]))


with torch.no_grad():
    save("images.npy", [model.encode_image(batch) for batch, _ in torch.utils.data.DataLoader(images, 100)])
    for number, template in enumerate(templates):
        prompts = tokenize([template.format(name) for name in names])
        save(f"prompts-{number:02}.npy", [model.encode_text(prompts)])
np.savetxt(os.path.join(folder, "labels.txt"), images.targets, fmt="%d")
