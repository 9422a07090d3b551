// pipeline: builtin.module(flow.graph(flow-cull,flow-merge,flow-fuse-subgraphs{compilers=gpu},flow-fuse-chains,flow-specialize))
// Culled first, so that what nobody wants ends no chain; merged, so that two chains are one.
flow.graph @g {
  %x = flow.input "x" : !flow.data<"double">
  %two = flow.literal 2.0 : f64 -> !flow.data<"double">
  %a = flow.task "one" by "P.One" on "cpu"(%x, %two) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
  %dead = flow.task "plain" by "P.Plain"(%a) : (!flow.data<"double">) -> !flow.data<"double">
  %b = flow.task "two" by "P.Two" on "cpu"(%a) : (!flow.data<"double">) -> !flow.data<"double">
  %c = flow.task "one" by "P.One" on "cpu"(%x, %two) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
  %d = flow.task "two" by "P.Two" on "cpu"(%c) : (!flow.data<"double">) -> !flow.data<"double">
  flow.yield %b, %d : !flow.data<"double">, !flow.data<"double">
}
// -----
// =>
module {
  flow.graph @g {
    %x = flow.input "x" : !flow.data<"double">
    %b = flow.fused "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"double"> {
    ^bb0(%x_0: !flow.data<"double">):
      %two = flow.literal 2.000000e+00 : f64 -> !flow.data<"double">
      %a = flow.task "one" by "P.One" on "cpu"(%x_0, %two) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
      %b_0 = flow.task "two" by "P.Two" on "cpu"(%a) : (!flow.data<"double">) -> !flow.data<"double">
      flow.yield %b_0 : !flow.data<"double">
    }
    flow.yield %b, %b : !flow.data<"double">, !flow.data<"double">
  }
}
// -----
// Chains for a compiler that uses one core, subgraphs for one that uses all.
flow.graph @g {
  %x = flow.input "x" : !flow.data<"double">
  %a = flow.task "one" by "P.One" on "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"double">
  %b = flow.task "two" by "P.Two" on "cpu"(%a) : (!flow.data<"double">) -> !flow.data<"double">
  %c = flow.task "left" by "P.Left" on "gpu"(%b) : (!flow.data<"double">) -> !flow.data<"double">
  %d = flow.task "right" by "P.Right" on "gpu"(%c) : (!flow.data<"double">) -> !flow.data<"double">
  %e = flow.task "add" by "P.Add" on "gpu"(%c, %d) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
  %f = flow.task "plain" by "P.Plain"(%e) : (!flow.data<"double">) -> !flow.data<"double">
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
    %e = flow.fused "gpu"(%b) : (!flow.data<"double">) -> !flow.data<"double"> {
    ^bb0(%b_0: !flow.data<"double">):
      %c = flow.task "left" by "P.Left" on "gpu"(%b_0) : (!flow.data<"double">) -> !flow.data<"double">
      %d = flow.task "right" by "P.Right" on "gpu"(%c) : (!flow.data<"double">) -> !flow.data<"double">
      %e_0 = flow.task "add" by "P.Add" on "gpu"(%c, %d) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
      flow.yield %e_0 : !flow.data<"double">
    }
    %f = flow.task "plain" by "P.Plain"(%e) : (!flow.data<"double">) -> !flow.data<"double">
    flow.yield %f : !flow.data<"double">
  }
}
