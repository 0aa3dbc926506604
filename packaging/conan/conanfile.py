# SPDX-License-Identifier: MIT
"""Packages the headers of this checkout; see packaging/README.md. For Conan 2."""
import pathlib
import re

from conan import ConanFile
from conan.tools.build import check_min_cppstd
from conan.tools.files import copy, load
from conan.tools.layout import basic_layout


class Nngs(ConanFile):
    name = "nngs"
    description = "How alike two embedding spaces of the same items are, by their nearest neighbours"
    license = "MIT"
    package_type = "header-library"
    settings = "os", "arch", "compiler", "build_type"
    no_copy_source = True

    @property
    def checkout(self):
        return pathlib.Path(self.recipe_folder).parent.parent

    def set_version(self):
        text = load(self, str(self.checkout / "include" / "nngs" / "version.hpp"))
        self.version = ".".join(re.findall(r"#define NNGS_VERSION_(?:MAJOR|MINOR|PATCH) (\d+)", text))

    def export_sources(self):
        copy(self, "include/*", src=str(self.checkout), dst=self.export_sources_folder)
        copy(self, "LICENSE", src=str(self.checkout), dst=self.export_sources_folder)

    def layout(self):
        basic_layout(self)

    def requirements(self):
        self.requires("eigen/[>=3.4 <6]", transitive_headers=True)
        self.requires("nanoflann/[>=1.4.2 <2]", transitive_headers=True)

    def package_id(self):
        self.info.clear()

    def validate(self):
        check_min_cppstd(self, 20)

    def package(self):
        copy(self, "include/*", src=self.source_folder, dst=self.package_folder)
        copy(self, "LICENSE", src=self.source_folder, dst=str(pathlib.Path(self.package_folder) / "licenses"))

    def package_info(self):
        self.cpp_info.bindirs = []
        self.cpp_info.libdirs = []
        self.cpp_info.set_property("cmake_file_name", "nngs")
        self.cpp_info.set_property("cmake_target_name", "nngs::nngs")
        self.cpp_info.set_property("pkg_config_name", "nngs")
        if self.settings.os in ("Linux", "FreeBSD"):
            self.cpp_info.system_libs = ["pthread"]
