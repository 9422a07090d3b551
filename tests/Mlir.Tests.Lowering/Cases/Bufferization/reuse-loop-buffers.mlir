// pipeline: reuse-loop-buffers,canonicalize
// An array that each iteration makes in the sizes of the one that it frees: two arrays take turns.
func.func @stencil(%x: memref<?xf64>, %n: index) -> memref<?xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%a = %x) -> (memref<?xf64>) {
    %d = memref.dim %a, %c0 : memref<?xf64>
    %less = arith.subi %d, %c1 : index
    %size = arith.addi %less, %c1 : index
    %b = memref.alloc(%size) : memref<?xf64>
    %v = memref.load %a[%i] : memref<?xf64>
    memref.store %v, %b[%c0] : memref<?xf64>
    memref.dealloc %a : memref<?xf64>
    scf.yield %b : memref<?xf64>
  }
  return %r : memref<?xf64>
}
// -----
// =>
module {
  func.func @stencil(%x: memref<?xf64>, %n: index) -> memref<?xf64> {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %dim = memref.dim %x, %c0 : memref<?xf64>
    %alloc = memref.alloc(%dim) : memref<?xf64>
    %r:2 = scf.for %i = %c0 to %n step %c1 iter_args(%a = %x, %arg0 = %alloc) -> (memref<?xf64>, memref<?xf64>) {
      %v = memref.load %a[%i] : memref<?xf64>
      memref.store %v, %arg0[%c0] : memref<?xf64>
      scf.yield %arg0, %a : memref<?xf64>, memref<?xf64>
    }
    memref.dealloc %r#1 : memref<?xf64>
    return %r#0 : memref<?xf64>
  }
}
// -----
// Three levels of time: the newest takes the place of the oldest, whose sizes are those of the middle one.
func.func @wave(%s: index, %n: index) -> (memref<?xf64>, memref<?xf64>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %x = memref.alloc(%s) : memref<?xf64>
  %y = memref.alloc(%s) : memref<?xf64>
  %r:2 = scf.for %i = %c0 to %n step %c1 iter_args(%now = %x, %old = %y) -> (memref<?xf64>, memref<?xf64>) {
    %d = memref.dim %now, %c0 : memref<?xf64>
    %new = memref.alloc(%d) : memref<?xf64>
    %v = memref.load %old[%i] : memref<?xf64>
    memref.store %v, %new[%c0] : memref<?xf64>
    memref.dealloc %old : memref<?xf64>
    scf.yield %new, %now : memref<?xf64>, memref<?xf64>
  }
  return %r#0, %r#1 : memref<?xf64>, memref<?xf64>
}
// -----
// =>
module {
  func.func @wave(%s: index, %n: index) -> (memref<?xf64>, memref<?xf64>) {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %x = memref.alloc(%s) : memref<?xf64>
    %y = memref.alloc(%s) : memref<?xf64>
    %alloc = memref.alloc(%s) : memref<?xf64>
    %r:3 = scf.for %i = %c0 to %n step %c1 iter_args(%now = %x, %old = %y, %arg0 = %alloc) -> (memref<?xf64>, memref<?xf64>, memref<?xf64>) {
      %v = memref.load %old[%i] : memref<?xf64>
      memref.store %v, %arg0[%c0] : memref<?xf64>
      scf.yield %arg0, %now, %old : memref<?xf64>, memref<?xf64>, memref<?xf64>
    }
    memref.dealloc %r#2 : memref<?xf64>
    return %r#0, %r#1 : memref<?xf64>, memref<?xf64>
  }
}
// -----
// An array that grows is made anew where it does not fit.
func.func @grow(%x: memref<?xf64>, %n: index) -> memref<?xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%a = %x) -> (memref<?xf64>) {
    %d = memref.dim %a, %c0 : memref<?xf64>
    %more = arith.addi %d, %c1 : index
    %b = memref.alloc(%more) : memref<?xf64>
    %v = memref.load %a[%i] : memref<?xf64>
    memref.store %v, %b[%c0] : memref<?xf64>
    memref.dealloc %a : memref<?xf64>
    scf.yield %b : memref<?xf64>
  }
  return %r : memref<?xf64>
}
// -----
// =>
module {
  func.func @grow(%x: memref<?xf64>, %n: index) -> memref<?xf64> {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %dim = memref.dim %x, %c0 : memref<?xf64>
    %alloc = memref.alloc(%dim) : memref<?xf64>
    %r:2 = scf.for %i = %c0 to %n step %c1 iter_args(%a = %x, %arg0 = %alloc) -> (memref<?xf64>, memref<?xf64>) {
      %d = memref.dim %a, %c0 : memref<?xf64>
      %more = arith.addi %d, %c1 : index
      %dim_0 = memref.dim %arg0, %c0 : memref<?xf64>
      %0 = arith.cmpi eq, %more, %dim_0 : index
      %1 = scf.if %0 -> (memref<?xf64>) {
        scf.yield %arg0 : memref<?xf64>
      } else {
        memref.dealloc %arg0 : memref<?xf64>
        %alloc_0 = memref.alloc(%more) : memref<?xf64>
        scf.yield %alloc_0 : memref<?xf64>
      }
      %v = memref.load %a[%i] : memref<?xf64>
      memref.store %v, %1[%c0] : memref<?xf64>
      scf.yield %1, %a : memref<?xf64>, memref<?xf64>
    }
    memref.dealloc %r#1 : memref<?xf64>
    return %r#0 : memref<?xf64>
  }
}
// -----
// Two arrays of different sizes that change places: sizes are compared.
func.func @unequal(%s: index, %t: index, %n: index) -> memref<?xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %x = memref.alloc(%s) : memref<?xf64>
  %y = memref.alloc(%t) : memref<?xf64>
  %r:2 = scf.for %i = %c0 to %n step %c1 iter_args(%a = %x, %b = %y) -> (memref<?xf64>, memref<?xf64>) {
    %d = memref.dim %a, %c0 : memref<?xf64>
    %new = memref.alloc(%d) : memref<?xf64>
    %v = memref.load %b[%i] : memref<?xf64>
    memref.store %v, %new[%c0] : memref<?xf64>
    memref.dealloc %b : memref<?xf64>
    scf.yield %new, %a : memref<?xf64>, memref<?xf64>
  }
  memref.dealloc %r#1 : memref<?xf64>
  return %r#0 : memref<?xf64>
}
// -----
// =>
module {
  func.func @unequal(%s: index, %t: index, %n: index) -> memref<?xf64> {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %x = memref.alloc(%s) : memref<?xf64>
    %y = memref.alloc(%t) : memref<?xf64>
    %alloc = memref.alloc(%t) : memref<?xf64>
    %r:3 = scf.for %i = %c0 to %n step %c1 iter_args(%a = %x, %b = %y, %arg0 = %alloc) -> (memref<?xf64>, memref<?xf64>, memref<?xf64>) {
      %d = memref.dim %a, %c0 : memref<?xf64>
      %dim = memref.dim %arg0, %c0 : memref<?xf64>
      %0 = arith.cmpi eq, %d, %dim : index
      %1 = scf.if %0 -> (memref<?xf64>) {
        scf.yield %arg0 : memref<?xf64>
      } else {
        memref.dealloc %arg0 : memref<?xf64>
        %alloc_0 = memref.alloc(%d) : memref<?xf64>
        scf.yield %alloc_0 : memref<?xf64>
      }
      %v = memref.load %b[%i] : memref<?xf64>
      memref.store %v, %1[%c0] : memref<?xf64>
      scf.yield %1, %a, %b : memref<?xf64>, memref<?xf64>, memref<?xf64>
    }
    memref.dealloc %r#2 : memref<?xf64>
    memref.dealloc %r#1 : memref<?xf64>
    return %r#0 : memref<?xf64>
  }
}
// -----
// What an iteration needs for itself is allocated once: the second array lies where the first one lay, the third one does not.
func.func @temporaries(%x: memref<?xf64>, %n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  scf.for %i = %c0 to %n step %c1 {
    %d = memref.dim %x, %c0 : memref<?xf64>
    %a = memref.alloc(%d) : memref<?xf64>
    %v = memref.load %x[%i] : memref<?xf64>
    memref.store %v, %a[%i] : memref<?xf64>
    memref.dealloc %a : memref<?xf64>
    %b = memref.alloc(%d) : memref<?xf64>
    %c = memref.alloc(%d) : memref<?xf64>
    memref.store %v, %b[%i] : memref<?xf64>
    memref.store %v, %c[%i] : memref<?xf64>
    memref.dealloc %b : memref<?xf64>
    memref.dealloc %c : memref<?xf64>
  }
  return
}
// -----
// =>
module {
  func.func @temporaries(%x: memref<?xf64>, %n: index) {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %alloc = memref.alloc(%c0) : memref<?xf64>
    %alloc_0 = memref.alloc(%c0) : memref<?xf64>
    %0:2 = scf.for %i = %c0 to %n step %c1 iter_args(%arg0 = %alloc, %arg1 = %alloc_0) -> (memref<?xf64>, memref<?xf64>) {
      %d = memref.dim %x, %c0 : memref<?xf64>
      %dim = memref.dim %arg0, %c0 : memref<?xf64>
      %1 = arith.cmpi eq, %d, %dim : index
      %2 = scf.if %1 -> (memref<?xf64>) {
        scf.yield %arg0 : memref<?xf64>
      } else {
        memref.dealloc %arg0 : memref<?xf64>
        %alloc_1 = memref.alloc(%d) : memref<?xf64>
        scf.yield %alloc_1 : memref<?xf64>
      }
      %v = memref.load %x[%i] : memref<?xf64>
      memref.store %v, %2[%i] : memref<?xf64>
      %dim_0 = memref.dim %arg1, %c0 : memref<?xf64>
      %3 = arith.cmpi eq, %d, %dim_0 : index
      %4 = scf.if %3 -> (memref<?xf64>) {
        scf.yield %arg1 : memref<?xf64>
      } else {
        memref.dealloc %arg1 : memref<?xf64>
        %alloc_1 = memref.alloc(%d) : memref<?xf64>
        scf.yield %alloc_1 : memref<?xf64>
      }
      memref.store %v, %2[%i] : memref<?xf64>
      memref.store %v, %4[%i] : memref<?xf64>
      scf.yield %2, %4 : memref<?xf64>, memref<?xf64>
    }
    memref.dealloc %0#0 : memref<?xf64>
    memref.dealloc %0#1 : memref<?xf64>
    return
  }
}
// -----
// The sizes of a temporary that depend on the iteration are compared with those of the last one.
func.func @growing_temporary(%x: memref<?xf64>, %n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  scf.for %i = %c0 to %n step %c1 {
    %d = arith.addi %i, %c1 : index
    %a = memref.alloc(%d) : memref<?xf64>
    %v = memref.load %x[%i] : memref<?xf64>
    memref.store %v, %a[%i] : memref<?xf64>
    memref.dealloc %a : memref<?xf64>
  }
  return
}
// -----
// =>
module {
  func.func @growing_temporary(%x: memref<?xf64>, %n: index) {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %alloc = memref.alloc(%c0) : memref<?xf64>
    %0 = scf.for %i = %c0 to %n step %c1 iter_args(%arg0 = %alloc) -> (memref<?xf64>) {
      %d = arith.addi %i, %c1 : index
      %dim = memref.dim %arg0, %c0 : memref<?xf64>
      %1 = arith.cmpi eq, %d, %dim : index
      %2 = scf.if %1 -> (memref<?xf64>) {
        scf.yield %arg0 : memref<?xf64>
      } else {
        memref.dealloc %arg0 : memref<?xf64>
        %alloc_0 = memref.alloc(%d) : memref<?xf64>
        scf.yield %alloc_0 : memref<?xf64>
      }
      %v = memref.load %x[%i] : memref<?xf64>
      memref.store %v, %2[%i] : memref<?xf64>
      scf.yield %2 : memref<?xf64>
    }
    memref.dealloc %0 : memref<?xf64>
    return
  }
}
