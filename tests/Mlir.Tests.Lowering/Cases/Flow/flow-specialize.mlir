// pipeline: flow-specialize
// A literal is no input of a fused task any more; where it is used elsewhere too, it stays there.
flow.graph @g {
  %x = flow.input "x" : !flow.data<"double">
  %two = flow.literal 2.0 : f64 -> !flow.data<"double">
  %one = flow.literal 1.0 : f64 -> !flow.data<"double">
  %z = flow.fused "cpu"(%x, %two, %one) : (!flow.data<"double">, !flow.data<"double">, !flow.data<"double">) -> !flow.data<"double"> {
  ^bb0(%a: !flow.data<"double">, %by: !flow.data<"double">, %off: !flow.data<"double">):
    %b = flow.task "scale" by "P.Scale" on "cpu"(%a, %by) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
    %c = flow.task "shift" by "P.Shift" on "cpu"(%b, %off) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
    flow.yield %c : !flow.data<"double">
  }
  %w = flow.task "plain" by "P.Plain"(%z, %two) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
  flow.yield %w : !flow.data<"double">
}
// -----
// =>
module {
  flow.graph @g {
    %x = flow.input "x" : !flow.data<"double">
    %two = flow.literal 2.000000e+00 : f64 -> !flow.data<"double">
    %z = flow.fused "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"double"> {
    ^bb0(%a: !flow.data<"double">):
      %two_0 = flow.literal 2.000000e+00 : f64 -> !flow.data<"double">
      %one = flow.literal 1.000000e+00 : f64 -> !flow.data<"double">
      %b = flow.task "scale" by "P.Scale" on "cpu"(%a, %two_0) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
      %c = flow.task "shift" by "P.Shift" on "cpu"(%b, %one) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
      flow.yield %c : !flow.data<"double">
    }
    %w = flow.task "plain" by "P.Plain"(%z, %two) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
    flow.yield %w : !flow.data<"double">
  }
}
// -----
// Without literals nothing changes.
flow.graph @g {
  %x = flow.input "x" : !flow.data<"double">
  %y = flow.fused "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"double"> {
  ^bb0(%a: !flow.data<"double">):
    %b = flow.task "scale" by "P.Scale" on "cpu"(%a) : (!flow.data<"double">) -> !flow.data<"double">
    flow.yield %b : !flow.data<"double">
  }
  flow.yield %y : !flow.data<"double">
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
    flow.yield %y : !flow.data<"double">
  }
}
// -----
// A task alone keeps its literal, which its compiler gets with it.
flow.graph @g {
  %x = flow.input "x" : !flow.data<"double">
  %two = flow.literal 2.0 : f64 -> !flow.data<"double">
  %y = flow.task "scale" by "P.Scale" on "cpu"(%x, %two) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
  flow.yield %y : !flow.data<"double">
}
// -----
// =>
module {
  flow.graph @g {
    %x = flow.input "x" : !flow.data<"double">
    %two = flow.literal 2.000000e+00 : f64 -> !flow.data<"double">
    %y = flow.task "scale" by "P.Scale" on "cpu"(%x, %two) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
    flow.yield %y : !flow.data<"double">
  }
}
// -----
// From the graph on: chains, then their literals.
// pipeline: flow-fuse-chains,flow-specialize
flow.graph @g {
  %x = flow.input "x" : !flow.data<"double">
  %two = flow.literal 2.0 : f64 -> !flow.data<"double">
  %one = flow.literal 1.0 : f64 -> !flow.data<"double">
  %a = flow.task "scale" by "P.Scale" on "cpu"(%x, %two) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
  %b = flow.task "shift" by "P.Shift" on "cpu"(%a, %one) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
  %c = flow.task "scale" by "P.Scale" on "cpu"(%b, %two) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
  flow.yield %c : !flow.data<"double">
}
// -----
// =>
module {
  flow.graph @g {
    %x = flow.input "x" : !flow.data<"double">
    %c = flow.fused "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"double"> {
    ^bb0(%x_0: !flow.data<"double">):
      %two = flow.literal 2.000000e+00 : f64 -> !flow.data<"double">
      %one = flow.literal 1.000000e+00 : f64 -> !flow.data<"double">
      %a = flow.task "scale" by "P.Scale" on "cpu"(%x_0, %two) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
      %b = flow.task "shift" by "P.Shift" on "cpu"(%a, %one) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
      %c_0 = flow.task "scale" by "P.Scale" on "cpu"(%b, %two) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
      flow.yield %c_0 : !flow.data<"double">
    }
    flow.yield %c : !flow.data<"double">
  }
}
