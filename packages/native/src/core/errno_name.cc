// SPDX-License-Identifier: Apache-2.0
#include "core/errno_name.h"

#include <cerrno>

namespace hostscope {
namespace {

struct Named {
  int error;
  const char* name;
};

#define HOSTSCOPE_ERRNO(name) \
  { name, #name }

// Those that reading a system can meet, of those that every C library has.
constexpr Named kNames[] = {
    HOSTSCOPE_ERRNO(EPERM),        HOSTSCOPE_ERRNO(ENOENT),    HOSTSCOPE_ERRNO(ESRCH),
    HOSTSCOPE_ERRNO(EINTR),        HOSTSCOPE_ERRNO(EIO),       HOSTSCOPE_ERRNO(ENXIO),
    HOSTSCOPE_ERRNO(E2BIG),        HOSTSCOPE_ERRNO(EBADF),     HOSTSCOPE_ERRNO(ECHILD),
    HOSTSCOPE_ERRNO(EAGAIN),       HOSTSCOPE_ERRNO(ENOMEM),    HOSTSCOPE_ERRNO(EACCES),
    HOSTSCOPE_ERRNO(EFAULT),       HOSTSCOPE_ERRNO(EBUSY),     HOSTSCOPE_ERRNO(EEXIST),
    HOSTSCOPE_ERRNO(EXDEV),        HOSTSCOPE_ERRNO(ENODEV),    HOSTSCOPE_ERRNO(ENOTDIR),
    HOSTSCOPE_ERRNO(EISDIR),       HOSTSCOPE_ERRNO(EINVAL),    HOSTSCOPE_ERRNO(ENFILE),
    HOSTSCOPE_ERRNO(EMFILE),       HOSTSCOPE_ERRNO(ENOTTY),    HOSTSCOPE_ERRNO(EFBIG),
    HOSTSCOPE_ERRNO(ENOSPC),       HOSTSCOPE_ERRNO(ESPIPE),    HOSTSCOPE_ERRNO(EROFS),
    HOSTSCOPE_ERRNO(EPIPE),        HOSTSCOPE_ERRNO(EDOM),      HOSTSCOPE_ERRNO(ERANGE),
    HOSTSCOPE_ERRNO(ENAMETOOLONG), HOSTSCOPE_ERRNO(ENOSYS),    HOSTSCOPE_ERRNO(ELOOP),
    HOSTSCOPE_ERRNO(EOVERFLOW),    HOSTSCOPE_ERRNO(ENOTSUP),   HOSTSCOPE_ERRNO(EADDRNOTAVAIL),
    HOSTSCOPE_ERRNO(EAFNOSUPPORT), HOSTSCOPE_ERRNO(ETIMEDOUT), HOSTSCOPE_ERRNO(ECANCELED),
    HOSTSCOPE_ERRNO(EPROTO),
};

#undef HOSTSCOPE_ERRNO

}  // namespace

std::string errno_name(int error) {
  for (const auto& [number, name] : kNames) {
    if (number == error) return name;
  }
  return "errno " + std::to_string(error);
}

}  // namespace hostscope
