// pipeline: loops-to-gpu,canonicalize,cse
// A row goes to one thread, which adds in order; the sum stays in a register.
func.func @rows(%x: memref<?x?xf32>, %y: memref<?x?xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %zero = arith.constant -0.0 : f32
  %n = memref.dim %x, %c0 : memref<?x?xf32>
  %m = memref.dim %x, %c1 : memref<?x?xf32>
  scf.parallel (%i) = (%c0) to (%n) step (%c1) {
    %s = scf.for %j = %c0 to %m step %c1 iter_args(%a = %zero) -> (f32) {
      %v = memref.load %x[%i, %j] : memref<?x?xf32>
      %t = arith.addf %a, %v : f32
      memref.store %t, %y[%i, %j] : memref<?x?xf32>
      scf.yield %t : f32
    }
    scf.reduce
  }
  return
}
// -----
// =>
module {
  func.func @rows(%x: memref<?x?xf32>, %y: memref<?x?xf32>) {
    %c65536 = arith.constant 65536 : index
    %c255 = arith.constant 255 : index
    %c256 = arith.constant 256 : index
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %zero = arith.constant -0.000000e+00 : f32
    %n = memref.dim %x, %c0 : memref<?x?xf32>
    %m = memref.dim %x, %c1 : memref<?x?xf32>
    %0 = arith.maxsi %n, %c0 : index
    %1 = arith.addi %0, %c255 : index
    %2 = arith.divui %1, %c256 : index
    %3 = arith.minsi %2, %c65536 : index
    gpu.launch blocks(%arg0, %arg1, %arg2) in (%arg6 = %3, %arg7 = %c1, %arg8 = %c1) threads(%arg3, %arg4, %arg5) in (%arg9 = %c256, %arg10 = %c1, %arg11 = %c1) {
      %4 = arith.muli %arg0, %c256 : index
      %5 = arith.addi %4, %arg3 : index
      %6 = arith.muli %arg6, %c256 : index
      scf.for %arg12 = %5 to %0 step %6 {
        %s = scf.for %j = %c0 to %m step %c1 iter_args(%a = %zero) -> (f32) {
          %v = memref.load %x[%arg12, %j] : memref<?x?xf32>
          %t = arith.addf %a, %v : f32
          memref.store %t, %y[%arg12, %j] : memref<?x?xf32>
          scf.yield %t : f32
        }
      }
      gpu.terminator
    } {mlir.block_size = 256 : i32}
    return
  }
}
// -----
// Columns that a processor takes by the thousand are one a thread, next to each other.
func.func @columns(%x: memref<?x?xf32>, %y: memref<?x?xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c1024 = arith.constant 1024 : index
  %n = memref.dim %x, %c0 : memref<?x?xf32>
  %m = memref.dim %x, %c1 : memref<?x?xf32>
  scf.parallel (%b) = (%c0) to (%m) step (%c1024) {
    %next = arith.addi %b, %c1024 : index
    %end = arith.minsi %next, %m : index
    scf.for %i = %c1 to %n step %c1 {
      %before = arith.subi %i, %c1 : index
      scf.for %k = %b to %end step %c1 {
        %p = memref.load %y[%before, %k] : memref<?x?xf32>
        %v = memref.load %x[%i, %k] : memref<?x?xf32>
        %t = arith.addf %p, %v : f32
        memref.store %t, %y[%i, %k] : memref<?x?xf32>
      }
    }
    scf.reduce
  }
  return
}
// -----
// =>
module {
  func.func @columns(%x: memref<?x?xf32>, %y: memref<?x?xf32>) {
    %c65536 = arith.constant 65536 : index
    %c255 = arith.constant 255 : index
    %c256 = arith.constant 256 : index
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %n = memref.dim %x, %c0 : memref<?x?xf32>
    %m = memref.dim %x, %c1 : memref<?x?xf32>
    %0 = arith.maxsi %m, %c0 : index
    %1 = arith.addi %0, %c255 : index
    %2 = arith.divui %1, %c256 : index
    %3 = arith.minsi %2, %c65536 : index
    gpu.launch blocks(%arg0, %arg1, %arg2) in (%arg6 = %3, %arg7 = %c1, %arg8 = %c1) threads(%arg3, %arg4, %arg5) in (%arg9 = %c256, %arg10 = %c1, %arg11 = %c1) {
      %4 = arith.muli %arg0, %c256 : index
      %5 = arith.addi %4, %arg3 : index
      %6 = arith.muli %arg6, %c256 : index
      scf.for %arg12 = %5 to %0 step %6 {
        %next = arith.addi %arg12, %c1 : index
        %end = arith.minsi %next, %m : index
        scf.for %i = %c1 to %n step %c1 {
          %before = arith.subi %i, %c1 : index
          scf.for %k = %arg12 to %end step %c1 {
            %p = memref.load %y[%before, %k] : memref<?x?xf32>
            %v = memref.load %x[%i, %k] : memref<?x?xf32>
            %t = arith.addf %p, %v : f32
            memref.store %t, %y[%i, %k] : memref<?x?xf32>
          }
        }
      }
      gpu.terminator
    } {mlir.block_size = 256 : i32}
    return
  }
}
// -----
// The loop over what is written moves out: a thread goes through the other one for its own column.
func.func @lifted(%x: memref<?x?xf32>, %y: memref<?x?xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = memref.dim %x, %c0 : memref<?x?xf32>
  scf.for %i = %c1 to %n step %c1 {
    %before = arith.subi %i, %c1 : index
    %m = memref.dim %x, %c1 : memref<?x?xf32>
    scf.for %k = %c0 to %m step %c1 {
      %p = memref.load %y[%before, %k] : memref<?x?xf32>
      %v = memref.load %x[%i, %k] : memref<?x?xf32>
      %t = arith.addf %p, %v : f32
      memref.store %t, %y[%i, %k] : memref<?x?xf32>
    }
  }
  return
}
// -----
// =>
module {
  func.func @lifted(%x: memref<?x?xf32>, %y: memref<?x?xf32>) {
    %c65536 = arith.constant 65536 : index
    %c255 = arith.constant 255 : index
    %c256 = arith.constant 256 : index
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %n = memref.dim %x, %c0 : memref<?x?xf32>
    %m = memref.dim %x, %c1 : memref<?x?xf32>
    %0 = arith.maxsi %m, %c0 : index
    %1 = arith.addi %0, %c255 : index
    %2 = arith.divui %1, %c256 : index
    %3 = arith.minsi %2, %c65536 : index
    gpu.launch blocks(%arg0, %arg1, %arg2) in (%arg6 = %3, %arg7 = %c1, %arg8 = %c1) threads(%arg3, %arg4, %arg5) in (%arg9 = %c256, %arg10 = %c1, %arg11 = %c1) {
      %4 = arith.muli %arg0, %c256 : index
      %5 = arith.addi %4, %arg3 : index
      %6 = arith.muli %arg6, %c256 : index
      scf.for %arg12 = %5 to %0 step %6 {
        scf.for %i = %c1 to %n step %c1 {
          %before = arith.subi %i, %c1 : index
          %p = memref.load %y[%before, %arg12] : memref<?x?xf32>
          %v = memref.load %x[%i, %arg12] : memref<?x?xf32>
          %t = arith.addf %p, %v : f32
          memref.store %t, %y[%i, %arg12] : memref<?x?xf32>
        }
      }
      gpu.terminator
    } {mlir.block_size = 256 : i32}
    return
  }
}
// -----
// What is written at another column, too, has to be done in order by one thread.
func.func @neighbours(%y: memref<?x?xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = memref.dim %y, %c0 : memref<?x?xf32>
  scf.for %k = %c1 to %n step %c1 {
    %before = arith.subi %k, %c1 : index
    %p = memref.load %y[%c0, %before] : memref<?x?xf32>
    memref.store %p, %y[%c0, %k] : memref<?x?xf32>
  }
  return
}
// -----
// =>
module {
  func.func @neighbours(%y: memref<?x?xf32>) {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %n = memref.dim %y, %c0 : memref<?x?xf32>
    gpu.launch blocks(%arg0, %arg1, %arg2) in (%arg6 = %c1, %arg7 = %c1, %arg8 = %c1) threads(%arg3, %arg4, %arg5) in (%arg9 = %c1, %arg10 = %c1, %arg11 = %c1) {
      scf.for %k = %c1 to %n step %c1 {
        %before = arith.subi %k, %c1 : index
        %p = memref.load %y[%c0, %before] : memref<?x?xf32>
        memref.store %p, %y[%c0, %k] : memref<?x?xf32>
      }
      gpu.terminator
    } {mlir.block_size = 1 : i32}
    return
  }
}
// -----
// A number that a loop over elements ends with comes back through memory.
func.func @number(%x: memref<?xi64>) -> index {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = memref.dim %x, %c0 : memref<?xi64>
  %last = scf.for %i = %c0 to %n step %c1 iter_args(%a = %c0) -> (index) {
    %v = memref.load %x[%i] : memref<?xi64>
    %p = arith.index_cast %v : i64 to index
    %t = arith.addi %a, %p : index
    scf.yield %t : index
  }
  return %last : index
}
// -----
// =>
module {
  func.func @number(%x: memref<?xi64>) -> index {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %n = memref.dim %x, %c0 : memref<?xi64>
    %alloc = memref.alloc() : memref<i64>
    gpu.launch blocks(%arg0, %arg1, %arg2) in (%arg6 = %c1, %arg7 = %c1, %arg8 = %c1) threads(%arg3, %arg4, %arg5) in (%arg9 = %c1, %arg10 = %c1, %arg11 = %c1) {
      %last = scf.for %i = %c0 to %n step %c1 iter_args(%a = %c0) -> (index) {
        %v = memref.load %x[%i] : memref<?xi64>
        %p = arith.index_cast %v : i64 to index
        %t = arith.addi %a, %p : index
        scf.yield %t : index
      }
      %2 = arith.index_cast %last : index to i64
      memref.store %2, %alloc[] : memref<i64>
      gpu.terminator
    } {mlir.block_size = 1 : i32}
    %0 = memref.load %alloc[] : memref<i64>
    %1 = arith.index_cast %0 : i64 to index
    return %1 : index
  }
}
// -----
// Loops over numbers alone, and loops around what many threads do, stay with the host.
func.func @host(%x: memref<?xf32>, %y: memref<?xf32>, %n: index) -> index {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %m = memref.dim %x, %c0 : memref<?xf32>
  scf.for %j = %c0 to %n step %c1 {
    scf.parallel (%i) = (%c0) to (%m) step (%c1) {
      %v = memref.load %x[%j] : memref<?xf32>
      memref.store %v, %y[%i] : memref<?xf32>
      scf.reduce
    }
    scf.parallel (%i) = (%c0) to (%m) step (%c1) {
      %v = memref.load %y[%j] : memref<?xf32>
      memref.store %v, %x[%i] : memref<?xf32>
      scf.reduce
    }
    scf.yield
  }
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%a = %c0) -> (index) {
    %t = arith.addi %a, %i : index
    scf.yield %t : index
  }
  return %r : index
}
// -----
// =>
module {
  func.func @host(%x: memref<?xf32>, %y: memref<?xf32>, %n: index) -> index {
    %c65536 = arith.constant 65536 : index
    %c255 = arith.constant 255 : index
    %c256 = arith.constant 256 : index
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %m = memref.dim %x, %c0 : memref<?xf32>
    scf.for %j = %c0 to %n step %c1 {
      %0 = arith.maxsi %m, %c0 : index
      %1 = arith.addi %0, %c255 : index
      %2 = arith.divui %1, %c256 : index
      %3 = arith.minsi %2, %c65536 : index
      gpu.launch blocks(%arg0, %arg1, %arg2) in (%arg6 = %3, %arg7 = %c1, %arg8 = %c1) threads(%arg3, %arg4, %arg5) in (%arg9 = %c256, %arg10 = %c1, %arg11 = %c1) {
        %6 = arith.muli %arg0, %c256 : index
        %7 = arith.addi %6, %arg3 : index
        %8 = arith.muli %arg6, %c256 : index
        scf.for %arg12 = %7 to %0 step %8 {
          %v = memref.load %x[%j] : memref<?xf32>
          memref.store %v, %y[%arg12] : memref<?xf32>
        }
        gpu.terminator
      } {mlir.block_size = 256 : i32}
      %4 = arith.divui %1, %c256 : index
      %5 = arith.minsi %4, %c65536 : index
      gpu.launch blocks(%arg0, %arg1, %arg2) in (%arg6 = %5, %arg7 = %c1, %arg8 = %c1) threads(%arg3, %arg4, %arg5) in (%arg9 = %c256, %arg10 = %c1, %arg11 = %c1) {
        %6 = arith.muli %arg0, %c256 : index
        %7 = arith.addi %6, %arg3 : index
        %8 = arith.muli %arg6, %c256 : index
        scf.for %arg12 = %7 to %0 step %8 {
          %v = memref.load %y[%j] : memref<?xf32>
          memref.store %v, %x[%arg12] : memref<?xf32>
        }
        gpu.terminator
      } {mlir.block_size = 256 : i32}
    }
    %r = scf.for %i = %c0 to %n step %c1 iter_args(%a = %c0) -> (index) {
      %t = arith.addi %a, %i : index
      scf.yield %t : index
    }
    return %r : index
  }
}
// -----
// An array that an iteration makes for itself is a piece of one that the host allocates.
func.func @memory(%x: memref<?x?xf32>, %y: memref<?xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = memref.dim %x, %c0 : memref<?x?xf32>
  %m = memref.dim %x, %c1 : memref<?x?xf32>
  scf.parallel (%i) = (%c0) to (%n) step (%c1) {
    %own = memref.alloc(%m) : memref<?xf32>
    scf.for %j = %c0 to %m step %c1 {
      %v = memref.load %x[%i, %j] : memref<?x?xf32>
      memref.store %v, %own[%j] : memref<?xf32>
    }
    %r = memref.load %own[%c0] : memref<?xf32>
    memref.store %r, %y[%i] : memref<?xf32>
    memref.dealloc %own : memref<?xf32>
    scf.reduce
  }
  return
}
// -----
// =>
module {
  func.func @memory(%x: memref<?x?xf32>, %y: memref<?xf32>) {
    %c65536 = arith.constant 65536 : index
    %c255 = arith.constant 255 : index
    %c256 = arith.constant 256 : index
    %c15 = arith.constant 15 : index
    %c16 = arith.constant 16 : index
    %c4 = arith.constant 4 : index
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %n = memref.dim %x, %c0 : memref<?x?xf32>
    %m = memref.dim %x, %c1 : memref<?x?xf32>
    %0 = arith.maxsi %n, %c0 : index
    %1 = arith.muli %m, %c4 : index
    %2 = arith.addi %1, %c15 : index
    %3 = arith.divui %2, %c16 : index
    %4 = arith.muli %3, %c16 : index
    %5 = arith.muli %0, %4 : index
    %alloc = memref.alloc(%5) : memref<?xi8>
    %6 = arith.addi %0, %c255 : index
    %7 = arith.divui %6, %c256 : index
    %8 = arith.minsi %7, %c65536 : index
    gpu.launch blocks(%arg0, %arg1, %arg2) in (%arg6 = %8, %arg7 = %c1, %arg8 = %c1) threads(%arg3, %arg4, %arg5) in (%arg9 = %c256, %arg10 = %c1, %arg11 = %c1) {
      %9 = arith.muli %arg0, %c256 : index
      %10 = arith.addi %9, %arg3 : index
      %11 = arith.muli %arg6, %c256 : index
      scf.for %arg12 = %10 to %0 step %11 {
        %12 = arith.muli %arg12, %4 : index
        %view = memref.view %alloc[%12][%m] : memref<?xi8> to memref<?xf32>
        scf.for %j = %c0 to %m step %c1 {
          %v = memref.load %x[%arg12, %j] : memref<?x?xf32>
          memref.store %v, %view[%j] : memref<?xf32>
        }
        %r = memref.load %view[%c0] : memref<?xf32>
        memref.store %r, %y[%arg12] : memref<?xf32>
      }
      gpu.terminator
    } {mlir.block_size = 256 : i32}
    memref.dealloc %alloc : memref<?xi8>
    return
  }
}
