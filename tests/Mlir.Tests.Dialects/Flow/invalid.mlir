// expected-error@+1 {{'flow.graph' op must end with 'flow.yield'}}
flow.graph @g {
  // expected-error@+1 {{must be a terminator}}
  %x = flow.input "x" : !flow.data<"double">
}
// -----
// expected-error@+1 {{takes no arguments: what comes from outside is a 'flow.input'}}
flow.graph @g {
^bb0(%x: !flow.data<"double">):
  flow.yield %x : !flow.data<"double">
}
// -----
flow.graph @g { flow.yield }
// expected-error@+1 {{redefinition of symbol named 'g'}}
flow.graph @g { flow.yield }
// -----
flow.graph @g {
  // expected-error@+1 {{undeclared}}
  flow.yield %x : !flow.data<"double">
}
// -----
flow.graph @g {
  %x = flow.input "x" : !flow.data<"double">
  // expected-error@+1 {{operand #0 does not dominate this use}}
  %a = flow.task "f" by "P.F"(%b) : (!flow.data<"double">) -> !flow.data<"double">
  %b = flow.task "f" by "P.F"(%a) : (!flow.data<"double">) -> !flow.data<"double">
  flow.yield %b : !flow.data<"double">
}
// -----
flow.graph @g {
  // expected-error@+1 {{value of the host language}}
  %x = flow.input "x" : f64
  flow.yield
}
// -----
flow.graph @g {
  // expected-error@+1 {{value of the host language}}
  %x = flow.literal 1.0 : f64 -> f64
  flow.yield
}
// -----
flow.graph @g {
  // expected-error@+1 {{expected}}
  %x = flow.input "x" : !flow.data<double>
  flow.yield
}
// -----
flow.graph @g {
  // expected-error@+1 {{flow}}
  %x = flow.input "x" : !flow.datum<"double">
  flow.yield
}
// -----
flow.graph @g {
  %x = flow.input "x" : !flow.data<"double">
  // expected-error@+1 {{expected}}
  %y = flow.task "scale"(%x) : (!flow.data<"double">) -> !flow.data<"double">
  flow.yield
}
// -----
flow.graph @g {
  %x = flow.input "x" : !flow.data<"double">
  // expected-error@+1 {{must not be negative}}
  %y = flow.element %x[-1] : (!flow.data<"double">) -> !flow.data<"double">
  flow.yield
}
// -----
flow.graph @g {
  %x = flow.input "x" : !flow.data<"double">
  // expected-error@+1 {{is of the type !flow.data<"double"> elsewhere in this graph}}
  %y = flow.input "x" : !flow.data<"int">
  flow.yield
}
// -----
flow.graph @g {
  // expected-error@+1 {{cannot be part of a graph}}
  %x = arith.constant 1 : i32
  flow.yield
}
// -----
flow.graph @g {
  // expected-error@+1 {{cannot be part of a graph}}
  flow.graph @inner { flow.yield }
  flow.yield
}
// -----
flow.graph @g {
  %x = flow.input "x" : !flow.data<"double">
  %y = flow.fused "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"double"> {
  ^bb0(%a: !flow.data<"double">):
    // expected-error@+1 {{cannot be part of a fused task of the compiler "cpu"}}
    %b = flow.task "f" by "P.F" on "gpu"(%a) : (!flow.data<"double">) -> !flow.data<"double">
    // expected-error@+1 {{cannot be part of a fused task of the compiler "cpu"}}
    %c = flow.task "f" by "P.F"(%b) : (!flow.data<"double">) -> !flow.data<"double">
    // expected-error@+1 {{cannot be part of a fused task of the compiler "cpu"}}
    %d = flow.translate by "P.F"(%c) : (!flow.data<"double">) -> !flow.data<"double">
    // expected-error@+1 {{cannot be part of a fused task}}
    %e = flow.run "f"(%d) : (!flow.data<"double">) -> !flow.data<"double">
    // expected-error@+1 {{cannot be part of a fused task}}
    %f = flow.input "f" : !flow.data<"double">
    flow.yield %f : !flow.data<"double">
  }
  flow.yield
}
// -----
flow.graph @g {
  %x = flow.input "x" : !flow.data<"double">
  // expected-error@+1 {{has argument types (!flow.data<"double">) but its body has (!flow.data<"int">)}}
  flow.fused "cpu"(%x) : (!flow.data<"double">) -> () {
  ^bb0(%a: !flow.data<"int">):
    flow.yield
  }
  // expected-error@+1 {{has result types (!flow.data<"double">) but its body has ()}}
  %y = flow.fused "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"double"> {
  ^bb0(%a: !flow.data<"double">):
    flow.yield
  }
  flow.yield
}
// -----
flow.graph @g {
  %x = flow.input "x" : !flow.data<"double">
  flow.fused "cpu"() : () -> () {
    // expected-error@+1 {{undeclared}}
    flow.yield %x : !flow.data<"double">
  }
  flow.yield
}
