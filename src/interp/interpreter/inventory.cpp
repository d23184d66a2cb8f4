// SPDX-License-Identifier: BSL-1.0
#include "interp/interpreter/inventory.hpp"

#include <unistd.h>

#include <algorithm>

#include "interp/builtins/builtins.hpp"
#include "interp/interpreter/library.hpp"
#include "interp/interpreter/session.hpp"
#include "interp/object/operations.hpp"
#include "interp/object/string.hpp"

namespace gilt::interp {

std::set<std::string> builtin_names() {
  std::set<std::string> out;
  on_main_stack([&] {
    session s;
    if (!open_session({}, "", "", __builtin_frame_address(0), s)) return 1;
    const value names = dir_of(*s.thread, value::of(s.interp->builtins));
    const value it = names.empty() ? names : get_iter(*s.thread, names);
    for (value each; !it.empty() && iter_next(*s.thread, it, each) && !each.empty();)
      out.insert(to_utf8(each.as<string_object>()));
    return 0;
  });
  return out;
}

std::string installed_library() {
  for (const char* version : {"3.11", "3.12", "3.10", "3.13", "3.9"}) {
    for (const char* root : {"/usr/lib/python", "/usr/local/lib/python"}) {
      const std::string folder = std::string(root) + version;
      if (::access((folder + "/os.py").c_str(), R_OK) == 0) return folder;
    }
  }
  return {};
}

bool module_exists(const std::string& dotted, const std::vector<std::string>& folders) {
  for (const char* always : {"builtins", "__main__", "os.path"}) {
    if (dotted == always) return true;
  }
  const auto natives = native_modules();
  if (std::any_of(natives.begin(), natives.end(), [&](const native_module& n) { return dotted == n.name; })) return true;
  if (!embedded_library(dotted).empty() || !embedded_library(dotted + ".__init__").empty()) return true;
  std::string path = dotted;
  std::replace(path.begin(), path.end(), '.', '/');
  return std::any_of(folders.begin(), folders.end(), [&](const std::string& folder) {
    const std::string base = (folder.empty() ? "." : folder) + "/" + path;
    return ::access((base + ".py").c_str(), R_OK) == 0 || ::access((base + "/__init__.py").c_str(), R_OK) == 0;
  });
}

}  // namespace gilt::interp
