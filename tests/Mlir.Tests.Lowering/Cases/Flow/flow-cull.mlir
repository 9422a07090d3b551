// pipeline: flow-cull
// Only what the wanted value needs stays; inputs, literals and foreign functions go too.
flow.graph @g {
  %x = flow.input "x" : !flow.data<"double">
  %u = flow.input "u" : !flow.data<"double">
  %two = flow.literal 2.0 : f64 -> !flow.data<"double">
  %three = flow.literal 3.0 : f64 -> !flow.data<"double">
  %y = flow.task "scale" by "P.Scale" on "cpu"(%x, %two) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
  %dead = flow.task "scale" by "P.Scale" on "cpu"(%y, %three) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
  %deader = flow.task "plain" by "P.Plain"(%dead, %u) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
  %side = flow.run "lambda"(%deader) : (!flow.data<"double">) -> !flow.data<"double">
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
// A foreign function that is needed stays, with what it needs.
flow.graph @g {
  %x = flow.input "x" : !flow.data<"double">
  %y = flow.run "lambda"(%x) : (!flow.data<"double">) -> !flow.data<"double">
  %z = flow.task "plain" by "P.Plain"(%y) : (!flow.data<"double">) -> !flow.data<"double">
  flow.yield %z : !flow.data<"double">
}
// -----
// =>
module {
  flow.graph @g {
    %x = flow.input "x" : !flow.data<"double">
    %y = flow.run "lambda"(%x) : (!flow.data<"double">) -> !flow.data<"double">
    %z = flow.task "plain" by "P.Plain"(%y) : (!flow.data<"double">) -> !flow.data<"double">
    flow.yield %z : !flow.data<"double">
  }
}
// -----
// Items of a tuple go one by one.
flow.graph @g {
  %x = flow.input "x" : !flow.data<"double">
  %t = flow.task "split" by "P.Split"(%x) : (!flow.data<"double">) -> !flow.data<"(double, double)">
  %a = flow.element %t[0] : (!flow.data<"(double, double)">) -> !flow.data<"double">
  %b = flow.element %t[1] : (!flow.data<"(double, double)">) -> !flow.data<"double">
  flow.yield %b : !flow.data<"double">
}
// -----
// =>
module {
  flow.graph @g {
    %x = flow.input "x" : !flow.data<"double">
    %t = flow.task "split" by "P.Split"(%x) : (!flow.data<"double">) -> !flow.data<"(double, double)">
    %b = flow.element %t[1] : (!flow.data<"(double, double)">) -> !flow.data<"double">
    flow.yield %b : !flow.data<"double">
  }
}
// -----
// A fused task goes as one.
flow.graph @g {
  %x = flow.input "x" : !flow.data<"double">
  %y = flow.fused "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"double"> {
  ^bb0(%a: !flow.data<"double">):
    %b = flow.task "scale" by "P.Scale" on "cpu"(%a) : (!flow.data<"double">) -> !flow.data<"double">
    flow.yield %b : !flow.data<"double">
  }
  flow.yield %x : !flow.data<"double">
}
// -----
// =>
module {
  flow.graph @g {
    %x = flow.input "x" : !flow.data<"double">
    flow.yield %x : !flow.data<"double">
  }
}
// -----
// Nothing wanted, nothing left.
flow.graph @g {
  %x = flow.input "x" : !flow.data<"double">
  %y = flow.run "lambda"(%x) : (!flow.data<"double">) -> !flow.data<"double">
  flow.yield
}
// -----
// =>
module {
  flow.graph @g {
    flow.yield
  }
}
