// pipeline: flow-fuse-subgraphs{compilers=cpu}
// A diamond is one task.
flow.graph @g {
  %x = flow.input "x" : !flow.data<"double">
  %a = flow.task "one" by "P.One" on "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"double">
  %b = flow.task "left" by "P.Left" on "cpu"(%a) : (!flow.data<"double">) -> !flow.data<"double">
  %c = flow.task "right" by "P.Right" on "cpu"(%a) : (!flow.data<"double">) -> !flow.data<"double">
  %d = flow.task "add" by "P.Add" on "cpu"(%b, %c) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
  flow.yield %d : !flow.data<"double">
}
// -----
// =>
module {
  flow.graph @g {
    %x = flow.input "x" : !flow.data<"double">
    %d = flow.fused "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"double"> {
    ^bb0(%x_0: !flow.data<"double">):
      %a = flow.task "one" by "P.One" on "cpu"(%x_0) : (!flow.data<"double">) -> !flow.data<"double">
      %b = flow.task "left" by "P.Left" on "cpu"(%a) : (!flow.data<"double">) -> !flow.data<"double">
      %c = flow.task "right" by "P.Right" on "cpu"(%a) : (!flow.data<"double">) -> !flow.data<"double">
      %d_0 = flow.task "add" by "P.Add" on "cpu"(%b, %c) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
      flow.yield %d_0 : !flow.data<"double">
    }
    flow.yield %d : !flow.data<"double">
  }
}
// -----
// Several inputs and outputs, one of them in the middle.
flow.graph @g {
  %x = flow.input "x" : !flow.data<"double">
  %y = flow.input "y" : !flow.data<"double">
  %a = flow.task "one" by "P.One" on "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"double">
  %b = flow.task "two" by "P.Two" on "cpu"(%y) : (!flow.data<"double">) -> !flow.data<"double">
  %c = flow.task "add" by "P.Add" on "cpu"(%a, %b) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
  %d = flow.task "three" by "P.Three" on "cpu"(%c) : (!flow.data<"double">) -> !flow.data<"double">
  %e = flow.task "four" by "P.Four" on "cpu"(%c) : (!flow.data<"double">) -> !flow.data<"double">
  flow.yield %c, %d, %e : !flow.data<"double">, !flow.data<"double">, !flow.data<"double">
}
// -----
// =>
module {
  flow.graph @g {
    %x = flow.input "x" : !flow.data<"double">
    %y = flow.input "y" : !flow.data<"double">
    %c, %d, %e = flow.fused "cpu"(%x, %y) : (!flow.data<"double">, !flow.data<"double">) -> (!flow.data<"double">, !flow.data<"double">, !flow.data<"double">) {
    ^bb0(%x_0: !flow.data<"double">, %y_0: !flow.data<"double">):
      %a = flow.task "one" by "P.One" on "cpu"(%x_0) : (!flow.data<"double">) -> !flow.data<"double">
      %b = flow.task "two" by "P.Two" on "cpu"(%y_0) : (!flow.data<"double">) -> !flow.data<"double">
      %c_0 = flow.task "add" by "P.Add" on "cpu"(%a, %b) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
      %d_0 = flow.task "three" by "P.Three" on "cpu"(%c_0) : (!flow.data<"double">) -> !flow.data<"double">
      %e_0 = flow.task "four" by "P.Four" on "cpu"(%c_0) : (!flow.data<"double">) -> !flow.data<"double">
      flow.yield %c_0, %d_0, %e_0 : !flow.data<"double">, !flow.data<"double">, !flow.data<"double">
    }
    flow.yield %c, %d, %e : !flow.data<"double">, !flow.data<"double">, !flow.data<"double">
  }
}
// -----
// Only compilers that are named; tasks of another one are left as they are.
flow.graph @g {
  %x = flow.input "x" : !flow.data<"double">
  %a = flow.task "one" by "P.One" on "gpu"(%x) : (!flow.data<"double">) -> !flow.data<"double">
  %b = flow.task "two" by "P.Two" on "gpu"(%a) : (!flow.data<"double">) -> !flow.data<"double">
  flow.yield %b : !flow.data<"double">
}
// -----
// =>
module {
  flow.graph @g {
    %x = flow.input "x" : !flow.data<"double">
    %a = flow.task "one" by "P.One" on "gpu"(%x) : (!flow.data<"double">) -> !flow.data<"double">
    %b = flow.task "two" by "P.Two" on "gpu"(%a) : (!flow.data<"double">) -> !flow.data<"double">
    flow.yield %b : !flow.data<"double">
  }
}
// -----
// A task alone stays as it is.
flow.graph @g {
  %x = flow.input "x" : !flow.data<"double">
  %a = flow.task "one" by "P.One" on "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"double">
  flow.yield %a : !flow.data<"double">
}
// -----
// =>
module {
  flow.graph @g {
    %x = flow.input "x" : !flow.data<"double">
    %a = flow.task "one" by "P.One" on "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"double">
    flow.yield %a : !flow.data<"double">
  }
}
// -----
// Tasks that no edge connects stay apart: they can run at the same time.
flow.graph @g {
  %x = flow.input "x" : !flow.data<"double">
  %a = flow.task "one" by "P.One" on "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"double">
  %b = flow.task "two" by "P.Two" on "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"double">
  flow.yield %a, %b : !flow.data<"double">, !flow.data<"double">
}
// -----
// =>
module {
  flow.graph @g {
    %x = flow.input "x" : !flow.data<"double">
    %a = flow.task "one" by "P.One" on "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"double">
    %b = flow.task "two" by "P.Two" on "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"double">
    flow.yield %a, %b : !flow.data<"double">, !flow.data<"double">
  }
}
// -----
// A path leaves by a plain algorithm and comes back: what is behind it is not in one task with what is before it.
flow.graph @g {
  %x = flow.input "x" : !flow.data<"double">
  %a = flow.task "one" by "P.One" on "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"double">
  %b = flow.task "two" by "P.Two" on "cpu"(%a) : (!flow.data<"double">) -> !flow.data<"double">
  %p = flow.task "plain" by "P.Plain"(%a) : (!flow.data<"double">) -> !flow.data<"double">
  %c = flow.task "add" by "P.Add" on "cpu"(%b, %p) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
  %d = flow.task "three" by "P.Three" on "cpu"(%c) : (!flow.data<"double">) -> !flow.data<"double">
  flow.yield %d : !flow.data<"double">
}
// -----
// =>
module {
  flow.graph @g {
    %x = flow.input "x" : !flow.data<"double">
    %a, %b = flow.fused "cpu"(%x) : (!flow.data<"double">) -> (!flow.data<"double">, !flow.data<"double">) {
    ^bb0(%x_0: !flow.data<"double">):
      %a_0 = flow.task "one" by "P.One" on "cpu"(%x_0) : (!flow.data<"double">) -> !flow.data<"double">
      %b_0 = flow.task "two" by "P.Two" on "cpu"(%a_0) : (!flow.data<"double">) -> !flow.data<"double">
      flow.yield %a_0, %b_0 : !flow.data<"double">, !flow.data<"double">
    }
    %p = flow.task "plain" by "P.Plain"(%a) : (!flow.data<"double">) -> !flow.data<"double">
    %d = flow.fused "cpu"(%b, %p) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double"> {
    ^bb0(%b_0: !flow.data<"double">, %p_0: !flow.data<"double">):
      %c = flow.task "add" by "P.Add" on "cpu"(%b_0, %p_0) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
      %d_0 = flow.task "three" by "P.Three" on "cpu"(%c) : (!flow.data<"double">) -> !flow.data<"double">
      flow.yield %d_0 : !flow.data<"double">
    }
    flow.yield %d : !flow.data<"double">
  }
}
// -----
// What feeds only what comes later is put off to it.
flow.graph @g {
  %x = flow.input "x" : !flow.data<"double">
  %p = flow.run "lambda"(%x) : (!flow.data<"double">) -> !flow.data<"double">
  %a = flow.task "one" by "P.One" on "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"double">
  %b = flow.task "add" by "P.Add" on "cpu"(%a, %p) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
  flow.yield %b : !flow.data<"double">
}
// -----
// =>
module {
  flow.graph @g {
    %x = flow.input "x" : !flow.data<"double">
    %p = flow.run "lambda"(%x) : (!flow.data<"double">) -> !flow.data<"double">
    %b = flow.fused "cpu"(%x, %p) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double"> {
    ^bb0(%x_0: !flow.data<"double">, %p_0: !flow.data<"double">):
      %a = flow.task "one" by "P.One" on "cpu"(%x_0) : (!flow.data<"double">) -> !flow.data<"double">
      %b_0 = flow.task "add" by "P.Add" on "cpu"(%a, %p_0) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
      flow.yield %b_0 : !flow.data<"double">
    }
    flow.yield %b : !flow.data<"double">
  }
}
// -----
// What a foreign function needs is not put off behind another one.
flow.graph @g {
  %x = flow.input "x" : !flow.data<"double">
  %p = flow.run "first"(%x) : (!flow.data<"double">) -> !flow.data<"double">
  %a = flow.task "one" by "P.One" on "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"double">
  %q = flow.run "second"(%a) : (!flow.data<"double">) -> !flow.data<"double">
  %b = flow.task "add" by "P.Add" on "cpu"(%a, %p) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
  %c = flow.task "add" by "P.Add" on "cpu"(%b, %q) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
  flow.yield %c : !flow.data<"double">
}
// -----
// =>
module {
  flow.graph @g {
    %x = flow.input "x" : !flow.data<"double">
    %p = flow.run "first"(%x) : (!flow.data<"double">) -> !flow.data<"double">
    %a = flow.task "one" by "P.One" on "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"double">
    %q = flow.run "second"(%a) : (!flow.data<"double">) -> !flow.data<"double">
    %c = flow.fused "cpu"(%a, %p, %q) : (!flow.data<"double">, !flow.data<"double">, !flow.data<"double">) -> !flow.data<"double"> {
    ^bb0(%a_0: !flow.data<"double">, %p_0: !flow.data<"double">, %q_0: !flow.data<"double">):
      %b = flow.task "add" by "P.Add" on "cpu"(%a_0, %p_0) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
      %c_0 = flow.task "add" by "P.Add" on "cpu"(%b, %q_0) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
      flow.yield %c_0 : !flow.data<"double">
    }
    flow.yield %c : !flow.data<"double">
  }
}
// -----
// A plain algorithm that takes a value out of the middle comes behind the fused task.
flow.graph @g {
  %x = flow.input "x" : !flow.data<"double">
  %a = flow.task "one" by "P.One" on "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"double">
  %p = flow.task "plain" by "P.Plain"(%a) : (!flow.data<"double">) -> !flow.data<"double">
  %b = flow.task "two" by "P.Two" on "cpu"(%a) : (!flow.data<"double">) -> !flow.data<"double">
  flow.yield %p, %b : !flow.data<"double">, !flow.data<"double">
}
// -----
// =>
module {
  flow.graph @g {
    %x = flow.input "x" : !flow.data<"double">
    %a, %b = flow.fused "cpu"(%x) : (!flow.data<"double">) -> (!flow.data<"double">, !flow.data<"double">) {
    ^bb0(%x_0: !flow.data<"double">):
      %a_0 = flow.task "one" by "P.One" on "cpu"(%x_0) : (!flow.data<"double">) -> !flow.data<"double">
      %b_0 = flow.task "two" by "P.Two" on "cpu"(%a_0) : (!flow.data<"double">) -> !flow.data<"double">
      flow.yield %a_0, %b_0 : !flow.data<"double">, !flow.data<"double">
    }
    %p = flow.task "plain" by "P.Plain"(%a) : (!flow.data<"double">) -> !flow.data<"double">
    flow.yield %p, %b : !flow.data<"double">, !flow.data<"double">
  }
}
// -----
// Two sets that feed each other through plain algorithms both ways cannot both be one task.
flow.graph @g {
  %x = flow.input "x" : !flow.data<"double">
  %y = flow.input "y" : !flow.data<"double">
  %a = flow.task "one" by "P.One" on "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"double">
  %b = flow.task "two" by "P.Two" on "cpu"(%y) : (!flow.data<"double">) -> !flow.data<"double">
  %p = flow.task "plain" by "P.Plain"(%a) : (!flow.data<"double">) -> !flow.data<"double">
  %q = flow.task "plain" by "P.Plain"(%b) : (!flow.data<"double">) -> !flow.data<"double">
  %c = flow.task "add" by "P.Add" on "cpu"(%a, %q) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
  %d = flow.task "add" by "P.Add" on "cpu"(%b, %p) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
  flow.yield %c, %d : !flow.data<"double">, !flow.data<"double">
}
// -----
// =>
module {
  flow.graph @g {
    %x = flow.input "x" : !flow.data<"double">
    %y = flow.input "y" : !flow.data<"double">
    %a = flow.task "one" by "P.One" on "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"double">
    %b = flow.task "two" by "P.Two" on "cpu"(%y) : (!flow.data<"double">) -> !flow.data<"double">
    %p = flow.task "plain" by "P.Plain"(%a) : (!flow.data<"double">) -> !flow.data<"double">
    %q = flow.task "plain" by "P.Plain"(%b) : (!flow.data<"double">) -> !flow.data<"double">
    %c = flow.task "add" by "P.Add" on "cpu"(%a, %q) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
    %d = flow.task "add" by "P.Add" on "cpu"(%b, %p) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
    flow.yield %c, %d : !flow.data<"double">, !flow.data<"double">
  }
}
// -----
// B, A, B with an edge around A.
// pipeline: flow-fuse-subgraphs{compilers=cpu,gpu}
flow.graph @g {
  %x = flow.input "x" : !flow.data<"double">
  %a = flow.task "one" by "P.One" on "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"double">
  %b = flow.task "two" by "P.Two" on "cpu"(%a) : (!flow.data<"double">) -> !flow.data<"double">
  %c = flow.task "three" by "P.Three" on "gpu"(%b) : (!flow.data<"double">) -> !flow.data<"double">
  %d = flow.task "four" by "P.Four" on "gpu"(%c) : (!flow.data<"double">) -> !flow.data<"double">
  %e = flow.task "add" by "P.Add" on "cpu"(%b, %d) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
  %f = flow.task "five" by "P.Five" on "cpu"(%e) : (!flow.data<"double">) -> !flow.data<"double">
  flow.yield %f : !flow.data<"double">
}
// -----
// =>
module {
  flow.graph @g {
    %x = flow.input "x" : !flow.data<"double">
    %b = flow.fused "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"double"> {
    ^bb0(%x_0: !flow.data<"double">):
      %a = flow.task "one" by "P.One" on "cpu"(%x_0) : (!flow.data<"double">) -> !flow.data<"double">
      %b_0 = flow.task "two" by "P.Two" on "cpu"(%a) : (!flow.data<"double">) -> !flow.data<"double">
      flow.yield %b_0 : !flow.data<"double">
    }
    %d = flow.fused "gpu"(%b) : (!flow.data<"double">) -> !flow.data<"double"> {
    ^bb0(%b_0: !flow.data<"double">):
      %c = flow.task "three" by "P.Three" on "gpu"(%b_0) : (!flow.data<"double">) -> !flow.data<"double">
      %d_0 = flow.task "four" by "P.Four" on "gpu"(%c) : (!flow.data<"double">) -> !flow.data<"double">
      flow.yield %d_0 : !flow.data<"double">
    }
    %f = flow.fused "cpu"(%b, %d) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double"> {
    ^bb0(%b_0: !flow.data<"double">, %d_0: !flow.data<"double">):
      %e = flow.task "add" by "P.Add" on "cpu"(%b_0, %d_0) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
      %f_0 = flow.task "five" by "P.Five" on "cpu"(%e) : (!flow.data<"double">) -> !flow.data<"double">
      flow.yield %f_0 : !flow.data<"double">
    }
    flow.yield %f : !flow.data<"double">
  }
}
// -----
// Items of tuples are inside, and leave one by one.
flow.graph @g {
  %x = flow.input "x" : !flow.data<"double">
  %t = flow.task "split" by "P.Split" on "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"(double, double)">
  %a = flow.element %t[0] : (!flow.data<"(double, double)">) -> !flow.data<"double">
  %b = flow.element %t[1] : (!flow.data<"(double, double)">) -> !flow.data<"double">
  %p = flow.task "plain" by "P.Plain"(%a) : (!flow.data<"double">) -> !flow.data<"double">
  %c = flow.task "two" by "P.Two" on "cpu"(%b) : (!flow.data<"double">) -> !flow.data<"double">
  flow.yield %p, %c : !flow.data<"double">, !flow.data<"double">
}
// -----
// =>
module {
  flow.graph @g {
    %x = flow.input "x" : !flow.data<"double">
    %a, %c = flow.fused "cpu"(%x) : (!flow.data<"double">) -> (!flow.data<"double">, !flow.data<"double">) {
    ^bb0(%x_0: !flow.data<"double">):
      %t = flow.task "split" by "P.Split" on "cpu"(%x_0) : (!flow.data<"double">) -> !flow.data<"(double, double)">
      %a_0 = flow.element %t[0] : (!flow.data<"(double, double)">) -> !flow.data<"double">
      %b = flow.element %t[1] : (!flow.data<"(double, double)">) -> !flow.data<"double">
      %c_0 = flow.task "two" by "P.Two" on "cpu"(%b) : (!flow.data<"double">) -> !flow.data<"double">
      flow.yield %a_0, %c_0 : !flow.data<"double">, !flow.data<"double">
    }
    %p = flow.task "plain" by "P.Plain"(%a) : (!flow.data<"double">) -> !flow.data<"double">
    flow.yield %p, %c : !flow.data<"double">, !flow.data<"double">
  }
}
// -----
// Compilable translations are inside, others are not.
flow.graph @g {
  %x = flow.input "x" : !flow.data<"double">
  %t = flow.translate by "P.Tofloat" on "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"double">
  %a = flow.task "one" by "P.One" on "cpu"(%t) : (!flow.data<"double">) -> !flow.data<"double">
  %u = flow.translate by "P.Tocsr"(%a) : (!flow.data<"double">) -> !flow.data<"double">
  %b = flow.task "two" by "P.Two" on "cpu"(%u) : (!flow.data<"double">) -> !flow.data<"double">
  flow.yield %a, %b : !flow.data<"double">, !flow.data<"double">
}
// -----
// =>
module {
  flow.graph @g {
    %x = flow.input "x" : !flow.data<"double">
    %a = flow.fused "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"double"> {
    ^bb0(%x_0: !flow.data<"double">):
      %t = flow.translate by "P.Tofloat" on "cpu"(%x_0) : (!flow.data<"double">) -> !flow.data<"double">
      %a_0 = flow.task "one" by "P.One" on "cpu"(%t) : (!flow.data<"double">) -> !flow.data<"double">
      flow.yield %a_0 : !flow.data<"double">
    }
    %u = flow.translate by "P.Tocsr"(%a) : (!flow.data<"double">) -> !flow.data<"double">
    %b = flow.task "two" by "P.Two" on "cpu"(%u) : (!flow.data<"double">) -> !flow.data<"double">
    flow.yield %a, %b : !flow.data<"double">, !flow.data<"double">
  }
}
