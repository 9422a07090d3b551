// pipeline: flow-merge
// Equal tasks become one, and then those that take their results.
flow.graph @g {
  %x = flow.input "x" : !flow.data<"double">
  %two = flow.literal 2.0 : f64 -> !flow.data<"double">
  %again = flow.literal 2.0 : f64 -> !flow.data<"double">
  %a = flow.task "scale" by "P.Scale" on "cpu"(%x, %two) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
  %b = flow.task "scale" by "P.Scale" on "cpu"(%x, %again) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
  %c = flow.task "plain" by "P.Plain"(%a) : (!flow.data<"double">) -> !flow.data<"double">
  %d = flow.task "plain" by "P.Plain"(%b) : (!flow.data<"double">) -> !flow.data<"double">
  %s = flow.task "add" by "P.Add"(%c, %d) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
  flow.yield %s : !flow.data<"double">
}
// -----
// =>
module {
  flow.graph @g {
    %x = flow.input "x" : !flow.data<"double">
    %two = flow.literal 2.000000e+00 : f64 -> !flow.data<"double">
    %a = flow.task "scale" by "P.Scale" on "cpu"(%x, %two) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
    %c = flow.task "plain" by "P.Plain"(%a) : (!flow.data<"double">) -> !flow.data<"double">
    %s = flow.task "add" by "P.Add"(%c, %c) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
    flow.yield %s : !flow.data<"double">
  }
}
// -----
// Tasks that differ in an argument's place, a literal, the implementation or the compiler are not equal.
flow.graph @g {
  %x = flow.input "x" : !flow.data<"double">
  %y = flow.input "y" : !flow.data<"double">
  %two = flow.literal 2.0 : f64 -> !flow.data<"double">
  %three = flow.literal 3.0 : f64 -> !flow.data<"double">
  %a = flow.task "sub" by "P.Sub"(%x, %y) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
  %b = flow.task "sub" by "P.Sub"(%y, %x) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
  %c = flow.task "scale" by "P.Scale"(%x, %two) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
  %d = flow.task "scale" by "P.Scale"(%x, %three) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
  %e = flow.task "scale" by "P.Scale" on "cpu"(%x, %two) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
  %f = flow.task "scale" by "Other.Scale"(%x, %two) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
  flow.yield %a, %b, %c, %d, %e, %f : !flow.data<"double">, !flow.data<"double">, !flow.data<"double">, !flow.data<"double">, !flow.data<"double">, !flow.data<"double">
}
// -----
// =>
module {
  flow.graph @g {
    %x = flow.input "x" : !flow.data<"double">
    %y = flow.input "y" : !flow.data<"double">
    %two = flow.literal 2.000000e+00 : f64 -> !flow.data<"double">
    %three = flow.literal 3.000000e+00 : f64 -> !flow.data<"double">
    %a = flow.task "sub" by "P.Sub"(%x, %y) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
    %b = flow.task "sub" by "P.Sub"(%y, %x) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
    %c = flow.task "scale" by "P.Scale"(%x, %two) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
    %d = flow.task "scale" by "P.Scale"(%x, %three) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
    %e = flow.task "scale" by "P.Scale" on "cpu"(%x, %two) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
    %f = flow.task "scale" by "Other.Scale"(%x, %two) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
    flow.yield %a, %b, %c, %d, %e, %f : !flow.data<"double">, !flow.data<"double">, !flow.data<"double">, !flow.data<"double">, !flow.data<"double">, !flow.data<"double">
  }
}
// -----
// A literal of the same bits is another one under another type; zero and minus zero differ.
flow.graph @g {
  %a = flow.literal 1 : i32 -> !flow.data<"int">
  %b = flow.literal 1 : i64 -> !flow.data<"long">
  %c = flow.literal 0.0 : f64 -> !flow.data<"double">
  %d = flow.literal -0.0 : f64 -> !flow.data<"double">
  %e = flow.literal 0.0 : f64 -> !flow.data<"double">
  flow.yield %a, %b, %c, %d, %e : !flow.data<"int">, !flow.data<"long">, !flow.data<"double">, !flow.data<"double">, !flow.data<"double">
}
// -----
// =>
module {
  flow.graph @g {
    %a = flow.literal 1 : i32 -> !flow.data<"int">
    %b = flow.literal 1 : i64 -> !flow.data<"long">
    %c = flow.literal 0.000000e+00 : f64 -> !flow.data<"double">
    %d = flow.literal -0.000000e+00 : f64 -> !flow.data<"double">
    flow.yield %a, %b, %c, %d, %c : !flow.data<"int">, !flow.data<"long">, !flow.data<"double">, !flow.data<"double">, !flow.data<"double">
  }
}
// -----
// Equal translations, equal items and one input named twice become one.
flow.graph @g {
  %x = flow.input "x" : !flow.data<"double">
  %y = flow.input "x" : !flow.data<"double">
  %p = flow.translate by "P.Toother"(%x) : (!flow.data<"double">) -> !flow.data<"double">
  %q = flow.translate by "P.Toother"(%y) : (!flow.data<"double">) -> !flow.data<"double">
  %t = flow.task "split" by "P.Split"(%p) : (!flow.data<"double">) -> !flow.data<"(double, double)">
  %a = flow.element %t[1] : (!flow.data<"(double, double)">) -> !flow.data<"double">
  %u = flow.task "split" by "P.Split"(%q) : (!flow.data<"double">) -> !flow.data<"(double, double)">
  %b = flow.element %u[1] : (!flow.data<"(double, double)">) -> !flow.data<"double">
  %c = flow.element %u[0] : (!flow.data<"(double, double)">) -> !flow.data<"double">
  flow.yield %a, %b, %c : !flow.data<"double">, !flow.data<"double">, !flow.data<"double">
}
// -----
// =>
module {
  flow.graph @g {
    %x = flow.input "x" : !flow.data<"double">
    %p = flow.translate by "P.Toother"(%x) : (!flow.data<"double">) -> !flow.data<"double">
    %t = flow.task "split" by "P.Split"(%p) : (!flow.data<"double">) -> !flow.data<"(double, double)">
    %a = flow.element %t[1] : (!flow.data<"(double, double)">) -> !flow.data<"double">
    %c = flow.element %t[0] : (!flow.data<"(double, double)">) -> !flow.data<"double">
    flow.yield %a, %a, %c : !flow.data<"double">, !flow.data<"double">, !flow.data<"double">
  }
}
// -----
// Foreign functions are never merged, whatever their names, nor what takes their results.
flow.graph @g {
  %x = flow.input "x" : !flow.data<"double">
  %a = flow.run "random"(%x) : (!flow.data<"double">) -> !flow.data<"double">
  %b = flow.run "random"(%x) : (!flow.data<"double">) -> !flow.data<"double">
  %c = flow.task "plain" by "P.Plain"(%a) : (!flow.data<"double">) -> !flow.data<"double">
  %d = flow.task "plain" by "P.Plain"(%b) : (!flow.data<"double">) -> !flow.data<"double">
  flow.yield %c, %d : !flow.data<"double">, !flow.data<"double">
}
// -----
// =>
module {
  flow.graph @g {
    %x = flow.input "x" : !flow.data<"double">
    %a = flow.run "random"(%x) : (!flow.data<"double">) -> !flow.data<"double">
    %b = flow.run "random"(%x) : (!flow.data<"double">) -> !flow.data<"double">
    %c = flow.task "plain" by "P.Plain"(%a) : (!flow.data<"double">) -> !flow.data<"double">
    %d = flow.task "plain" by "P.Plain"(%b) : (!flow.data<"double">) -> !flow.data<"double">
    flow.yield %c, %d : !flow.data<"double">, !flow.data<"double">
  }
}
