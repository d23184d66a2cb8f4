# SPDX-License-Identifier: BSL-1.0
for v0 in (1,):
  for v1 in (1,):
    for v2 in (1,):
      for v3 in (1,):
        for v4 in (1,):
          for v5 in (1,):
            for v6 in (1,):
              for v7 in (1,):
                for v8 in (1,):
                  for v9 in (1,):
                    for v10 in (1,):
                      for v11 in (1,):
                        for v12 in (1,):
                          for v13 in (1,):
                            for v14 in (1,):
                              for v15 in (1,):
                                for v16 in (1,):
                                  for v17 in (1,):
                                    print("deep")
