// sources: linux/path_below.cc
// SPDX-License-Identifier: Apache-2.0
#include "linux/path_below.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

#include "core/check.h"

using namespace hostscope;
using namespace hostscope::linux_os;

namespace {

class Tree {
 public:
  Tree() {
    char name[] = "/tmp/hostscope-tree-XXXXXX";
    path = ::mkdtemp(name);
    for (const char* folder : {"/host", "/host/etc", "/host/etc/deep", "/outside"}) {
      CHECK(::mkdir((path + folder).c_str(), 0700) == 0);
    }
    file("/host/file");
    file("/outside/secret");
    link("/etc/deep", "/host/absolute");
    link("../../../../etc", "/host/etc/deep/up");
    link("../outside/secret", "/host/escape");
    link("loop", "/host/loop");
    root = UniqueFd(::open((path + "/host").c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  }
  ~Tree() {
    const std::string command = "rm -r " + path;
    if (std::system(command.c_str()) != 0) std::abort();
  }

  std::string path;
  UniqueFd root;

 private:
  void file(const char* name) { CHECK(::close(::creat((path + name).c_str(), 0600)) == 0); }
  void link(const char* to, const char* name) { CHECK(::symlink(to, (path + name).c_str()) == 0); }
};

bool same_file(const UniqueFd& file, const std::string& path) {
  struct stat a {
  }, b{};
  return file && ::fstat(file.get(), &a) == 0 && ::stat(path.c_str(), &b) == 0 && a.st_ino == b.st_ino &&
         a.st_dev == b.st_dev;
}

void stays_below_its_root() {
  const Tree tree;
  for (const auto open : {open_below, walk_below}) {
    const auto at = [&](const char* path) { return open(tree.root, path); };
    CHECK(same_file(at("/"), tree.path + "/host") && same_file(at("///"), tree.path + "/host"));
    CHECK(same_file(at("/etc//./deep/"), tree.path + "/host/etc/deep"));
    CHECK(same_file(at("/absolute"), tree.path + "/host/etc/deep"));
    CHECK(same_file(at("/absolute/up/deep"), tree.path + "/host/etc/deep"));
    CHECK(same_file(at("/file"), tree.path + "/host/file"));
    CHECK(!at("/escape") && errno == ENOENT);
    CHECK(!at("/nowhere") && errno == ENOENT);
    CHECK(!at("/file/x") && errno == ENOTDIR);
    CHECK(!at("/loop") && errno == ELOOP);
    CHECK(!at(("/" + std::string(300, 'x')).c_str()) && errno == ENAMETOOLONG);
  }
}

}  // namespace

int main() { stays_below_its_root(); }
