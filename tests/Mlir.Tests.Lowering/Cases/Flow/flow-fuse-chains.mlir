// pipeline: flow-fuse-chains
// A task alone stays as it is.
flow.graph @g {
  %x = flow.input "x" : !flow.data<"double">
  %y = flow.task "scale" by "P.Scale" on "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"double">
  flow.yield %y : !flow.data<"double">
}
// -----
// =>
module {
  flow.graph @g {
    %x = flow.input "x" : !flow.data<"double">
    %y = flow.task "scale" by "P.Scale" on "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"double">
    flow.yield %y : !flow.data<"double">
  }
}
// -----
// Tasks without a compiler stay as they are.
flow.graph @g {
  %x = flow.input "x" : !flow.data<"double">
  %y = flow.task "plain" by "P.Plain"(%x) : (!flow.data<"double">) -> !flow.data<"double">
  %z = flow.task "plain" by "P.Plain"(%y) : (!flow.data<"double">) -> !flow.data<"double">
  flow.yield %z : !flow.data<"double">
}
// -----
// =>
module {
  flow.graph @g {
    %x = flow.input "x" : !flow.data<"double">
    %y = flow.task "plain" by "P.Plain"(%x) : (!flow.data<"double">) -> !flow.data<"double">
    %z = flow.task "plain" by "P.Plain"(%y) : (!flow.data<"double">) -> !flow.data<"double">
    flow.yield %z : !flow.data<"double">
  }
}
// -----
// A chain of three.
flow.graph @g {
  %x = flow.input "x" : !flow.data<"double">
  %a = flow.task "one" by "P.One" on "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"double">
  %b = flow.task "two" by "P.Two" on "cpu"(%a) : (!flow.data<"double">) -> !flow.data<"double">
  %c = flow.task "three" by "P.Three" on "cpu"(%b) : (!flow.data<"double">) -> !flow.data<"double">
  flow.yield %c : !flow.data<"double">
}
// -----
// =>
module {
  flow.graph @g {
    %x = flow.input "x" : !flow.data<"double">
    %c = flow.fused "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"double"> {
    ^bb0(%x_0: !flow.data<"double">):
      %a = flow.task "one" by "P.One" on "cpu"(%x_0) : (!flow.data<"double">) -> !flow.data<"double">
      %b = flow.task "two" by "P.Two" on "cpu"(%a) : (!flow.data<"double">) -> !flow.data<"double">
      %c_0 = flow.task "three" by "P.Three" on "cpu"(%b) : (!flow.data<"double">) -> !flow.data<"double">
      flow.yield %c_0 : !flow.data<"double">
    }
    flow.yield %c : !flow.data<"double">
  }
}
// -----
// Two chains beside each other stay apart.
flow.graph @g {
  %x = flow.input "x" : !flow.data<"double">
  %a = flow.task "one" by "P.One" on "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"double">
  %b = flow.task "two" by "P.Two" on "cpu"(%a) : (!flow.data<"double">) -> !flow.data<"double">
  %c = flow.task "three" by "P.Three" on "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"double">
  %d = flow.task "four" by "P.Four" on "cpu"(%c) : (!flow.data<"double">) -> !flow.data<"double">
  flow.yield %b, %d : !flow.data<"double">, !flow.data<"double">
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
    %d = flow.fused "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"double"> {
    ^bb0(%x_0: !flow.data<"double">):
      %c = flow.task "three" by "P.Three" on "cpu"(%x_0) : (!flow.data<"double">) -> !flow.data<"double">
      %d_0 = flow.task "four" by "P.Four" on "cpu"(%c) : (!flow.data<"double">) -> !flow.data<"double">
      flow.yield %d_0 : !flow.data<"double">
    }
    flow.yield %b, %d : !flow.data<"double">, !flow.data<"double">
  }
}
// -----
// Two chains into a third one: fan-in starts a chain.
flow.graph @g {
  %x = flow.input "x" : !flow.data<"double">
  %a = flow.task "one" by "P.One" on "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"double">
  %c = flow.task "three" by "P.Three" on "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"double">
  %b = flow.task "two" by "P.Two" on "cpu"(%a) : (!flow.data<"double">) -> !flow.data<"double">
  %d = flow.task "four" by "P.Four" on "cpu"(%c) : (!flow.data<"double">) -> !flow.data<"double">
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
    %d = flow.fused "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"double"> {
    ^bb0(%x_0: !flow.data<"double">):
      %c = flow.task "three" by "P.Three" on "cpu"(%x_0) : (!flow.data<"double">) -> !flow.data<"double">
      %d_0 = flow.task "four" by "P.Four" on "cpu"(%c) : (!flow.data<"double">) -> !flow.data<"double">
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
// A diamond: the source ends a chain by its fan-out, the sink starts one, and a side of one task is a singleton.
flow.graph @g {
  %x = flow.input "x" : !flow.data<"double">
  %a = flow.task "one" by "P.One" on "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"double">
  %b = flow.task "two" by "P.Two" on "cpu"(%a) : (!flow.data<"double">) -> !flow.data<"double">
  %c = flow.task "left" by "P.Left" on "cpu"(%b) : (!flow.data<"double">) -> !flow.data<"double">
  %d = flow.task "right" by "P.Right" on "cpu"(%b) : (!flow.data<"double">) -> !flow.data<"double">
  %e = flow.task "more" by "P.More" on "cpu"(%d) : (!flow.data<"double">) -> !flow.data<"double">
  %f = flow.task "add" by "P.Add" on "cpu"(%c, %e) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
  %g = flow.task "last" by "P.Last" on "cpu"(%f) : (!flow.data<"double">) -> !flow.data<"double">
  flow.yield %g : !flow.data<"double">
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
    %c = flow.task "left" by "P.Left" on "cpu"(%b) : (!flow.data<"double">) -> !flow.data<"double">
    %e = flow.fused "cpu"(%b) : (!flow.data<"double">) -> !flow.data<"double"> {
    ^bb0(%b_0: !flow.data<"double">):
      %d = flow.task "right" by "P.Right" on "cpu"(%b_0) : (!flow.data<"double">) -> !flow.data<"double">
      %e_0 = flow.task "more" by "P.More" on "cpu"(%d) : (!flow.data<"double">) -> !flow.data<"double">
      flow.yield %e_0 : !flow.data<"double">
    }
    %g = flow.fused "cpu"(%c, %e) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double"> {
    ^bb0(%c_0: !flow.data<"double">, %e_0: !flow.data<"double">):
      %f = flow.task "add" by "P.Add" on "cpu"(%c_0, %e_0) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
      %g_0 = flow.task "last" by "P.Last" on "cpu"(%f) : (!flow.data<"double">) -> !flow.data<"double">
      flow.yield %g_0 : !flow.data<"double">
    }
    flow.yield %g : !flow.data<"double">
  }
}
// -----
// A wanted value is at the end of its chain.
flow.graph @g {
  %x = flow.input "x" : !flow.data<"double">
  %a = flow.task "one" by "P.One" on "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"double">
  %b = flow.task "two" by "P.Two" on "cpu"(%a) : (!flow.data<"double">) -> !flow.data<"double">
  %c = flow.task "three" by "P.Three" on "cpu"(%b) : (!flow.data<"double">) -> !flow.data<"double">
  %d = flow.task "four" by "P.Four" on "cpu"(%c) : (!flow.data<"double">) -> !flow.data<"double">
  flow.yield %b, %d : !flow.data<"double">, !flow.data<"double">
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
    %d = flow.fused "cpu"(%b) : (!flow.data<"double">) -> !flow.data<"double"> {
    ^bb0(%b_0: !flow.data<"double">):
      %c = flow.task "three" by "P.Three" on "cpu"(%b_0) : (!flow.data<"double">) -> !flow.data<"double">
      %d_0 = flow.task "four" by "P.Four" on "cpu"(%c) : (!flow.data<"double">) -> !flow.data<"double">
      flow.yield %d_0 : !flow.data<"double">
    }
    flow.yield %b, %d : !flow.data<"double">, !flow.data<"double">
  }
}
// -----
// Several wanted values of one chain leave nothing to fuse.
flow.graph @g {
  %x = flow.input "x" : !flow.data<"double">
  %a = flow.task "one" by "P.One" on "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"double">
  %b = flow.task "two" by "P.Two" on "cpu"(%a) : (!flow.data<"double">) -> !flow.data<"double">
  flow.yield %a, %b : !flow.data<"double">, !flow.data<"double">
}
// -----
// =>
module {
  flow.graph @g {
    %x = flow.input "x" : !flow.data<"double">
    %a = flow.task "one" by "P.One" on "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"double">
    %b = flow.task "two" by "P.Two" on "cpu"(%a) : (!flow.data<"double">) -> !flow.data<"double">
    flow.yield %a, %b : !flow.data<"double">, !flow.data<"double">
  }
}
// -----
// A task that takes one result twice goes on with the chain.
flow.graph @g {
  %x = flow.input "x" : !flow.data<"double">
  %a = flow.task "one" by "P.One" on "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"double">
  %b = flow.task "mul" by "P.Mul" on "cpu"(%a, %a) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
  flow.yield %b : !flow.data<"double">
}
// -----
// =>
module {
  flow.graph @g {
    %x = flow.input "x" : !flow.data<"double">
    %b = flow.fused "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"double"> {
    ^bb0(%x_0: !flow.data<"double">):
      %a = flow.task "one" by "P.One" on "cpu"(%x_0) : (!flow.data<"double">) -> !flow.data<"double">
      %b_0 = flow.task "mul" by "P.Mul" on "cpu"(%a, %a) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
      flow.yield %b_0 : !flow.data<"double">
    }
    flow.yield %b : !flow.data<"double">
  }
}
// -----
// A translation inside a chain splits it.
flow.graph @g {
  %x = flow.input "x" : !flow.data<"double">
  %a = flow.task "one" by "P.One" on "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"double">
  %b = flow.task "two" by "P.Two" on "cpu"(%a) : (!flow.data<"double">) -> !flow.data<"double">
  %t = flow.translate by "P.Tocsr"(%b) : (!flow.data<"double">) -> !flow.data<"double">
  %c = flow.task "three" by "P.Three" on "cpu"(%t) : (!flow.data<"double">) -> !flow.data<"double">
  %d = flow.task "four" by "P.Four" on "cpu"(%c) : (!flow.data<"double">) -> !flow.data<"double">
  flow.yield %d : !flow.data<"double">
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
    %t = flow.translate by "P.Tocsr"(%b) : (!flow.data<"double">) -> !flow.data<"double">
    %d = flow.fused "cpu"(%t) : (!flow.data<"double">) -> !flow.data<"double"> {
    ^bb0(%t_0: !flow.data<"double">):
      %c = flow.task "three" by "P.Three" on "cpu"(%t_0) : (!flow.data<"double">) -> !flow.data<"double">
      %d_0 = flow.task "four" by "P.Four" on "cpu"(%c) : (!flow.data<"double">) -> !flow.data<"double">
      flow.yield %d_0 : !flow.data<"double">
    }
    flow.yield %d : !flow.data<"double">
  }
}
// -----
// A translation that the compiler can compile is part of the chain.
flow.graph @g {
  %x = flow.input "x" : !flow.data<"double">
  %a = flow.task "one" by "P.One" on "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"double">
  %t = flow.translate by "P.Tofloat" on "cpu"(%a) : (!flow.data<"double">) -> !flow.data<"double">
  %b = flow.task "two" by "P.Two" on "cpu"(%t) : (!flow.data<"double">) -> !flow.data<"double">
  flow.yield %b : !flow.data<"double">
}
// -----
// =>
module {
  flow.graph @g {
    %x = flow.input "x" : !flow.data<"double">
    %b = flow.fused "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"double"> {
    ^bb0(%x_0: !flow.data<"double">):
      %a = flow.task "one" by "P.One" on "cpu"(%x_0) : (!flow.data<"double">) -> !flow.data<"double">
      %t = flow.translate by "P.Tofloat" on "cpu"(%a) : (!flow.data<"double">) -> !flow.data<"double">
      %b_0 = flow.task "two" by "P.Two" on "cpu"(%t) : (!flow.data<"double">) -> !flow.data<"double">
      flow.yield %b_0 : !flow.data<"double">
    }
    flow.yield %b : !flow.data<"double">
  }
}
// -----
// A chain may start and end with a translation.
flow.graph @g {
  %x = flow.input "x" : !flow.data<"double">
  %s = flow.translate by "P.Tofloat" on "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"double">
  %a = flow.task "one" by "P.One" on "cpu"(%s) : (!flow.data<"double">) -> !flow.data<"double">
  %t = flow.translate by "P.Todouble" on "cpu"(%a) : (!flow.data<"double">) -> !flow.data<"double">
  flow.yield %t : !flow.data<"double">
}
// -----
// =>
module {
  flow.graph @g {
    %x = flow.input "x" : !flow.data<"double">
    %t = flow.fused "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"double"> {
    ^bb0(%x_0: !flow.data<"double">):
      %s = flow.translate by "P.Tofloat" on "cpu"(%x_0) : (!flow.data<"double">) -> !flow.data<"double">
      %a = flow.task "one" by "P.One" on "cpu"(%s) : (!flow.data<"double">) -> !flow.data<"double">
      %t_0 = flow.translate by "P.Todouble" on "cpu"(%a) : (!flow.data<"double">) -> !flow.data<"double">
      flow.yield %t_0 : !flow.data<"double">
    }
    flow.yield %t : !flow.data<"double">
  }
}
// -----
// An algorithm that runs as it is splits a chain.
flow.graph @g {
  %x = flow.input "x" : !flow.data<"double">
  %a = flow.task "one" by "P.One" on "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"double">
  %p = flow.task "plain" by "P.Plain"(%a) : (!flow.data<"double">) -> !flow.data<"double">
  %b = flow.task "two" by "P.Two" on "cpu"(%p) : (!flow.data<"double">) -> !flow.data<"double">
  %c = flow.task "three" by "P.Three" on "cpu"(%b) : (!flow.data<"double">) -> !flow.data<"double">
  flow.yield %c : !flow.data<"double">
}
// -----
// =>
module {
  flow.graph @g {
    %x = flow.input "x" : !flow.data<"double">
    %a = flow.task "one" by "P.One" on "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"double">
    %p = flow.task "plain" by "P.Plain"(%a) : (!flow.data<"double">) -> !flow.data<"double">
    %c = flow.fused "cpu"(%p) : (!flow.data<"double">) -> !flow.data<"double"> {
    ^bb0(%p_0: !flow.data<"double">):
      %b = flow.task "two" by "P.Two" on "cpu"(%p_0) : (!flow.data<"double">) -> !flow.data<"double">
      %c_0 = flow.task "three" by "P.Three" on "cpu"(%b) : (!flow.data<"double">) -> !flow.data<"double">
      flow.yield %c_0 : !flow.data<"double">
    }
    flow.yield %c : !flow.data<"double">
  }
}
// -----
// A foreign function splits a chain.
flow.graph @g {
  %x = flow.input "x" : !flow.data<"double">
  %a = flow.task "one" by "P.One" on "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"double">
  %b = flow.task "two" by "P.Two" on "cpu"(%a) : (!flow.data<"double">) -> !flow.data<"double">
  %r = flow.run "lambda"(%b) : (!flow.data<"double">) -> !flow.data<"double">
  %c = flow.task "three" by "P.Three" on "cpu"(%r) : (!flow.data<"double">) -> !flow.data<"double">
  %d = flow.task "four" by "P.Four" on "cpu"(%c) : (!flow.data<"double">) -> !flow.data<"double">
  flow.yield %d : !flow.data<"double">
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
    %r = flow.run "lambda"(%b) : (!flow.data<"double">) -> !flow.data<"double">
    %d = flow.fused "cpu"(%r) : (!flow.data<"double">) -> !flow.data<"double"> {
    ^bb0(%r_0: !flow.data<"double">):
      %c = flow.task "three" by "P.Three" on "cpu"(%r_0) : (!flow.data<"double">) -> !flow.data<"double">
      %d_0 = flow.task "four" by "P.Four" on "cpu"(%c) : (!flow.data<"double">) -> !flow.data<"double">
      flow.yield %d_0 : !flow.data<"double">
    }
    flow.yield %d : !flow.data<"double">
  }
}
// -----
// B, A, B: two compilers, one task each between the other's.
flow.graph @g {
  %x = flow.input "x" : !flow.data<"double">
  %a = flow.task "one" by "P.One" on "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"double">
  %b = flow.task "two" by "P.Two" on "gpu"(%a) : (!flow.data<"double">) -> !flow.data<"double">
  %c = flow.task "three" by "P.Three" on "cpu"(%b) : (!flow.data<"double">) -> !flow.data<"double">
  flow.yield %c : !flow.data<"double">
}
// -----
// =>
module {
  flow.graph @g {
    %x = flow.input "x" : !flow.data<"double">
    %a = flow.task "one" by "P.One" on "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"double">
    %b = flow.task "two" by "P.Two" on "gpu"(%a) : (!flow.data<"double">) -> !flow.data<"double">
    %c = flow.task "three" by "P.Three" on "cpu"(%b) : (!flow.data<"double">) -> !flow.data<"double">
    flow.yield %c : !flow.data<"double">
  }
}
// -----
// Two compilers fuse their own tasks.
flow.graph @g {
  %x = flow.input "x" : !flow.data<"double">
  %a = flow.task "one" by "P.One" on "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"double">
  %b = flow.task "two" by "P.Two" on "cpu"(%a) : (!flow.data<"double">) -> !flow.data<"double">
  %c = flow.task "three" by "P.Three" on "gpu"(%b) : (!flow.data<"double">) -> !flow.data<"double">
  %d = flow.task "four" by "P.Four" on "gpu"(%c) : (!flow.data<"double">) -> !flow.data<"double">
  %e = flow.task "five" by "P.Five" on "cpu"(%d) : (!flow.data<"double">) -> !flow.data<"double">
  %f = flow.task "six" by "P.Six" on "cpu"(%e) : (!flow.data<"double">) -> !flow.data<"double">
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
    %f = flow.fused "cpu"(%d) : (!flow.data<"double">) -> !flow.data<"double"> {
    ^bb0(%d_0: !flow.data<"double">):
      %e = flow.task "five" by "P.Five" on "cpu"(%d_0) : (!flow.data<"double">) -> !flow.data<"double">
      %f_0 = flow.task "six" by "P.Six" on "cpu"(%e) : (!flow.data<"double">) -> !flow.data<"double">
      flow.yield %f_0 : !flow.data<"double">
    }
    flow.yield %f : !flow.data<"double">
  }
}
// -----
// A side input that comes from outside, late or early, is an input of the fused task.
flow.graph @g {
  %x = flow.input "x" : !flow.data<"double">
  %u = flow.input "u" : !flow.data<"double">
  %a = flow.task "one" by "P.One" on "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"double">
  %b = flow.task "add" by "P.Add" on "cpu"(%a, %u) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
  %v = flow.input "v" : !flow.data<"double">
  %c = flow.task "add" by "P.Add" on "cpu"(%v, %b) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
  flow.yield %c : !flow.data<"double">
}
// -----
// =>
module {
  flow.graph @g {
    %x = flow.input "x" : !flow.data<"double">
    %u = flow.input "u" : !flow.data<"double">
    %v = flow.input "v" : !flow.data<"double">
    %c = flow.fused "cpu"(%x, %u, %v) : (!flow.data<"double">, !flow.data<"double">, !flow.data<"double">) -> !flow.data<"double"> {
    ^bb0(%x_0: !flow.data<"double">, %u_0: !flow.data<"double">, %v_0: !flow.data<"double">):
      %a = flow.task "one" by "P.One" on "cpu"(%x_0) : (!flow.data<"double">) -> !flow.data<"double">
      %b = flow.task "add" by "P.Add" on "cpu"(%a, %u_0) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
      %c_0 = flow.task "add" by "P.Add" on "cpu"(%v_0, %b) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
      flow.yield %c_0 : !flow.data<"double">
    }
    flow.yield %c : !flow.data<"double">
  }
}
// -----
// A side input that another task makes starts a chain, whoever makes it.
flow.graph @g {
  %x = flow.input "x" : !flow.data<"double">
  %a = flow.task "one" by "P.One" on "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"double">
  %b = flow.task "two" by "P.Two" on "cpu"(%a) : (!flow.data<"double">) -> !flow.data<"double">
  %s = flow.run "lambda"(%x) : (!flow.data<"double">) -> !flow.data<"double">
  %c = flow.task "add" by "P.Add" on "cpu"(%b, %s) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
  %d = flow.task "three" by "P.Three" on "cpu"(%c) : (!flow.data<"double">) -> !flow.data<"double">
  flow.yield %d : !flow.data<"double">
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
    %s = flow.run "lambda"(%x) : (!flow.data<"double">) -> !flow.data<"double">
    %d = flow.fused "cpu"(%b, %s) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double"> {
    ^bb0(%b_0: !flow.data<"double">, %s_0: !flow.data<"double">):
      %c = flow.task "add" by "P.Add" on "cpu"(%b_0, %s_0) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
      %d_0 = flow.task "three" by "P.Three" on "cpu"(%c) : (!flow.data<"double">) -> !flow.data<"double">
      flow.yield %d_0 : !flow.data<"double">
    }
    flow.yield %d : !flow.data<"double">
  }
}
// -----
// Inputs are in the order of their first use, each once.
flow.graph @g {
  %x = flow.input "x" : !flow.data<"double">
  %y = flow.input "y" : !flow.data<"double">
  %z = flow.input "z" : !flow.data<"double">
  %a = flow.task "add" by "P.Add" on "cpu"(%z, %y) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
  %b = flow.task "add" by "P.Add" on "cpu"(%a, %y, %x) : (!flow.data<"double">, !flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
  flow.yield %b : !flow.data<"double">
}
// -----
// =>
module {
  flow.graph @g {
    %x = flow.input "x" : !flow.data<"double">
    %y = flow.input "y" : !flow.data<"double">
    %z = flow.input "z" : !flow.data<"double">
    %b = flow.fused "cpu"(%z, %y, %x) : (!flow.data<"double">, !flow.data<"double">, !flow.data<"double">) -> !flow.data<"double"> {
    ^bb0(%z_0: !flow.data<"double">, %y_0: !flow.data<"double">, %x_0: !flow.data<"double">):
      %a = flow.task "add" by "P.Add" on "cpu"(%z_0, %y_0) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
      %b_0 = flow.task "add" by "P.Add" on "cpu"(%a, %y_0, %x_0) : (!flow.data<"double">, !flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
      flow.yield %b_0 : !flow.data<"double">
    }
    flow.yield %b : !flow.data<"double">
  }
}
// -----
// Items of a tuple between two tasks are inside.
flow.graph @g {
  %x = flow.input "x" : !flow.data<"double">
  %t = flow.task "split" by "P.Split" on "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"(double, double)">
  %a = flow.element %t[0] : (!flow.data<"(double, double)">) -> !flow.data<"double">
  %b = flow.element %t[1] : (!flow.data<"(double, double)">) -> !flow.data<"double">
  %s = flow.task "add" by "P.Add" on "cpu"(%b, %a) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
  flow.yield %s : !flow.data<"double">
}
// -----
// =>
module {
  flow.graph @g {
    %x = flow.input "x" : !flow.data<"double">
    %s = flow.fused "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"double"> {
    ^bb0(%x_0: !flow.data<"double">):
      %t = flow.task "split" by "P.Split" on "cpu"(%x_0) : (!flow.data<"double">) -> !flow.data<"(double, double)">
      %a = flow.element %t[0] : (!flow.data<"(double, double)">) -> !flow.data<"double">
      %b = flow.element %t[1] : (!flow.data<"(double, double)">) -> !flow.data<"double">
      %s_0 = flow.task "add" by "P.Add" on "cpu"(%b, %a) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
      flow.yield %s_0 : !flow.data<"double">
    }
    flow.yield %s : !flow.data<"double">
  }
}
// -----
// Items of a tuple that go to different tasks end the chain; they are what the fused task gives.
flow.graph @g {
  %x = flow.input "x" : !flow.data<"double">
  %w = flow.task "one" by "P.One" on "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"double">
  %t = flow.task "split" by "P.Split" on "cpu"(%w) : (!flow.data<"double">) -> !flow.data<"(double, double)">
  %a = flow.element %t[0] : (!flow.data<"(double, double)">) -> !flow.data<"double">
  %b = flow.element %t[1] : (!flow.data<"(double, double)">) -> !flow.data<"double">
  %c = flow.task "two" by "P.Two" on "cpu"(%a) : (!flow.data<"double">) -> !flow.data<"double">
  %d = flow.task "plain" by "P.Plain"(%b) : (!flow.data<"double">) -> !flow.data<"double">
  flow.yield %c, %d : !flow.data<"double">, !flow.data<"double">
}
// -----
// =>
module {
  flow.graph @g {
    %x = flow.input "x" : !flow.data<"double">
    %a, %b = flow.fused "cpu"(%x) : (!flow.data<"double">) -> (!flow.data<"double">, !flow.data<"double">) {
    ^bb0(%x_0: !flow.data<"double">):
      %w = flow.task "one" by "P.One" on "cpu"(%x_0) : (!flow.data<"double">) -> !flow.data<"double">
      %t = flow.task "split" by "P.Split" on "cpu"(%w) : (!flow.data<"double">) -> !flow.data<"(double, double)">
      %a_0 = flow.element %t[0] : (!flow.data<"(double, double)">) -> !flow.data<"double">
      %b_0 = flow.element %t[1] : (!flow.data<"(double, double)">) -> !flow.data<"double">
      flow.yield %a_0, %b_0 : !flow.data<"double">, !flow.data<"double">
    }
    %c = flow.task "two" by "P.Two" on "cpu"(%a) : (!flow.data<"double">) -> !flow.data<"double">
    %d = flow.task "plain" by "P.Plain"(%b) : (!flow.data<"double">) -> !flow.data<"double">
    flow.yield %c, %d : !flow.data<"double">, !flow.data<"double">
  }
}
// -----
// A tuple that is wanted itself, and one of its items.
flow.graph @g {
  %x = flow.input "x" : !flow.data<"double">
  %w = flow.task "one" by "P.One" on "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"double">
  %t = flow.task "split" by "P.Split" on "cpu"(%w) : (!flow.data<"double">) -> !flow.data<"(double, double)">
  %a = flow.element %t[0] : (!flow.data<"(double, double)">) -> !flow.data<"double">
  flow.yield %t, %a : !flow.data<"(double, double)">, !flow.data<"double">
}
// -----
// =>
module {
  flow.graph @g {
    %x = flow.input "x" : !flow.data<"double">
    %t, %a = flow.fused "cpu"(%x) : (!flow.data<"double">) -> (!flow.data<"(double, double)">, !flow.data<"double">) {
    ^bb0(%x_0: !flow.data<"double">):
      %w = flow.task "one" by "P.One" on "cpu"(%x_0) : (!flow.data<"double">) -> !flow.data<"double">
      %t_0 = flow.task "split" by "P.Split" on "cpu"(%w) : (!flow.data<"double">) -> !flow.data<"(double, double)">
      %a_0 = flow.element %t_0[0] : (!flow.data<"(double, double)">) -> !flow.data<"double">
      flow.yield %t_0, %a_0 : !flow.data<"(double, double)">, !flow.data<"double">
    }
    flow.yield %t, %a : !flow.data<"(double, double)">, !flow.data<"double">
  }
}
// -----
// Items of a tuple that a task alone makes stay where they are.
flow.graph @g {
  %x = flow.input "x" : !flow.data<"double">
  %t = flow.task "split" by "P.Split" on "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"(double, double)">
  %p = flow.task "plain" by "P.Plain"(%x) : (!flow.data<"double">) -> !flow.data<"double">
  %a = flow.element %t[0] : (!flow.data<"(double, double)">) -> !flow.data<"double">
  %b = flow.element %t[1] : (!flow.data<"(double, double)">) -> !flow.data<"double">
  %s = flow.task "add" by "P.Add"(%a, %b, %p) : (!flow.data<"double">, !flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
  flow.yield %s : !flow.data<"double">
}
// -----
// =>
module {
  flow.graph @g {
    %x = flow.input "x" : !flow.data<"double">
    %t = flow.task "split" by "P.Split" on "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"(double, double)">
    %p = flow.task "plain" by "P.Plain"(%x) : (!flow.data<"double">) -> !flow.data<"double">
    %a = flow.element %t[0] : (!flow.data<"(double, double)">) -> !flow.data<"double">
    %b = flow.element %t[1] : (!flow.data<"(double, double)">) -> !flow.data<"double">
    %s = flow.task "add" by "P.Add"(%a, %b, %p) : (!flow.data<"double">, !flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
    flow.yield %s : !flow.data<"double">
  }
}
// -----
// What is fused already is left as it is.
flow.graph @g {
  %x = flow.input "x" : !flow.data<"double">
  %y = flow.fused "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"double"> {
  ^bb0(%a: !flow.data<"double">):
    %b = flow.task "scale" by "P.Scale" on "cpu"(%a) : (!flow.data<"double">) -> !flow.data<"double">
    flow.yield %b : !flow.data<"double">
  }
  %z = flow.task "one" by "P.One" on "cpu"(%y) : (!flow.data<"double">) -> !flow.data<"double">
  flow.yield %z : !flow.data<"double">
}
// -----
// =>
module {
  flow.graph @g {
    %x = flow.input "x" : !flow.data<"double">
    %y = flow.fused "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"double"> {
    ^bb0(%a: !flow.data<"double">):
      %b = flow.task "scale" by "P.Scale" on "cpu"(%a) : (!flow.data<"double">) -> !flow.data<"double">
      flow.yield %b : !flow.data<"double">
    }
    %z = flow.task "one" by "P.One" on "cpu"(%y) : (!flow.data<"double">) -> !flow.data<"double">
    flow.yield %z : !flow.data<"double">
  }
}
// -----
// A chain that nobody wants is fused as well; culling it is another pass.
flow.graph @g {
  %x = flow.input "x" : !flow.data<"double">
  %a = flow.task "one" by "P.One" on "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"double">
  %b = flow.task "two" by "P.Two" on "cpu"(%a) : (!flow.data<"double">) -> !flow.data<"double">
  flow.yield %x : !flow.data<"double">
}
// -----
// =>
module {
  flow.graph @g {
    %x = flow.input "x" : !flow.data<"double">
    flow.fused "cpu"(%x) : (!flow.data<"double">) -> () {
    ^bb0(%x_0: !flow.data<"double">):
      %a = flow.task "one" by "P.One" on "cpu"(%x_0) : (!flow.data<"double">) -> !flow.data<"double">
      %b = flow.task "two" by "P.Two" on "cpu"(%a) : (!flow.data<"double">) -> !flow.data<"double">
      flow.yield
    }
    flow.yield %x : !flow.data<"double">
  }
}
// -----
// A task without arguments starts a chain.
flow.graph @g {
  %a = flow.task "zeros" by "P.Zeros" on "cpu"() : () -> !flow.data<"double">
  %b = flow.task "two" by "P.Two" on "cpu"(%a) : (!flow.data<"double">) -> !flow.data<"double">
  flow.yield %b : !flow.data<"double">
}
// -----
// =>
module {
  flow.graph @g {
    %b = flow.fused "cpu"() : () -> !flow.data<"double"> {
      %a = flow.task "zeros" by "P.Zeros" on "cpu"() : () -> !flow.data<"double">
      %b_0 = flow.task "two" by "P.Two" on "cpu"(%a) : (!flow.data<"double">) -> !flow.data<"double">
      flow.yield %b_0 : !flow.data<"double">
    }
    flow.yield %b : !flow.data<"double">
  }
}
