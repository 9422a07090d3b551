// pipeline: linalg-to-gpu,canonicalize,cse
// A thread computes four neighbours; what is left over goes one by one.
func.func @scale(%x: memref<?xf32>, %y: memref<?xf32>) {
  linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]}
      ins(%x : memref<?xf32>) outs(%y : memref<?xf32>) {
  ^bb0(%a: f32, %b: f32):
    %s = arith.addf %a, %a : f32
    linalg.yield %s : f32
  }
  return
}
// -----
// =>
module {
  func.func @scale(%x: memref<?xf32>, %y: memref<?xf32>) {
    %c3 = arith.constant 3 : index
    %c2 = arith.constant 2 : index
    %c65536 = arith.constant 65536 : index
    %c255 = arith.constant 255 : index
    %c256 = arith.constant 256 : index
    %c1 = arith.constant 1 : index
    %c4 = arith.constant 4 : index
    %c0 = arith.constant 0 : index
    %dim = memref.dim %x, %c0 : memref<?xf32>
    %0 = arith.divui %dim, %c4 : index
    %1 = arith.minsi %dim, %c1 : index
    %2 = arith.maxsi %0, %1 : index
    %3 = arith.addi %2, %c255 : index
    %4 = arith.divui %3, %c256 : index
    %5 = arith.minsi %4, %c65536 : index
    gpu.launch blocks(%arg0, %arg1, %arg2) in (%arg6 = %5, %arg7 = %c1, %arg8 = %c1) threads(%arg3, %arg4, %arg5) in (%arg9 = %c256, %arg10 = %c1, %arg11 = %c1) {
      %6 = arith.muli %arg0, %c256 : index
      %7 = arith.addi %6, %arg3 : index
      %8 = arith.muli %arg6, %c256 : index
      scf.for %arg12 = %7 to %0 step %8 {
        %11 = arith.muli %arg12, %c4 : index
        %12 = arith.addi %11, %c1 : index
        %13 = arith.addi %11, %c2 : index
        %14 = arith.addi %11, %c3 : index
        %15 = memref.load %x[%11] : memref<?xf32>
        %s = arith.addf %15, %15 : f32
        %16 = memref.load %x[%12] : memref<?xf32>
        %s_0 = arith.addf %16, %16 : f32
        %17 = memref.load %x[%13] : memref<?xf32>
        %s_1 = arith.addf %17, %17 : f32
        %18 = memref.load %x[%14] : memref<?xf32>
        %s_2 = arith.addf %18, %18 : f32
        memref.store %s, %y[%11] : memref<?xf32>
        memref.store %s_0, %y[%12] : memref<?xf32>
        memref.store %s_1, %y[%13] : memref<?xf32>
        memref.store %s_2, %y[%14] : memref<?xf32>
      }
      %9 = arith.muli %0, %c4 : index
      %10 = arith.subi %dim, %9 : index
      scf.for %arg12 = %7 to %10 step %8 {
        %11 = arith.addi %9, %arg12 : index
        %12 = memref.load %x[%11] : memref<?xf32>
        %s = arith.addf %12, %12 : f32
        memref.store %s, %y[%11] : memref<?xf32>
      }
      gpu.terminator
    } {mlir.block_size = 256 : i32}
    return
  }
}
// -----
// A warp adds each row: lanes in registers, then shuffles.
func.func @rows(%x: memref<?x?xf64>, %r: memref<?xf64>) {
  linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0)>], iterator_types = ["parallel", "reduction"]}
      ins(%x : memref<?x?xf64>) outs(%r : memref<?xf64>) {
  ^bb0(%a: f64, %acc: f64):
    %s = arith.addf %acc, %a : f64
    linalg.yield %s : f64
  }
  return
}
// -----
// =>
module {
  func.func @rows(%x: memref<?x?xf64>, %r: memref<?xf64>) {
    %c1_i32 = arith.constant 1 : i32
    %c2_i32 = arith.constant 2 : i32
    %c4_i32 = arith.constant 4 : i32
    %c8_i32 = arith.constant 8 : i32
    %c16_i32 = arith.constant 16 : i32
    %c32_i32 = arith.constant 32 : i32
    %cst = arith.constant -0.000000e+00 : f64
    %c32 = arith.constant 32 : index
    %c256 = arith.constant 256 : index
    %c65536 = arith.constant 65536 : index
    %c7 = arith.constant 7 : index
    %c8 = arith.constant 8 : index
    %c1 = arith.constant 1 : index
    %c0 = arith.constant 0 : index
    %dim = memref.dim %x, %c0 : memref<?x?xf64>
    %dim_0 = memref.dim %x, %c1 : memref<?x?xf64>
    %0 = arith.addi %dim, %c7 : index
    %1 = arith.divui %0, %c8 : index
    %2 = arith.minsi %1, %c65536 : index
    gpu.launch blocks(%arg0, %arg1, %arg2) in (%arg6 = %2, %arg7 = %c1, %arg8 = %c1) threads(%arg3, %arg4, %arg5) in (%arg9 = %c256, %arg10 = %c1, %arg11 = %c1) {
      %3 = arith.remui %arg3, %c32 : index
      %4 = arith.divui %arg3, %c32 : index
      %5 = arith.muli %arg0, %c8 : index
      %6 = arith.addi %5, %4 : index
      %7 = arith.muli %arg6, %c8 : index
      scf.for %arg12 = %6 to %dim step %7 {
        %8 = arith.divui %dim_0, %c32 : index
        %9 = arith.muli %8, %c32 : index
        %10 = scf.for %arg13 = %3 to %9 step %c32 iter_args(%arg14 = %cst) -> (f64) {
          %25 = memref.load %x[%arg12, %arg13] : memref<?x?xf64>
          %s = arith.addf %arg14, %25 : f64
          scf.yield %s : f64
        }
        %11 = arith.addi %9, %3 : index
        %12 = arith.cmpi slt, %11, %dim_0 : index
        %13 = scf.if %12 -> (f64) {
          %25 = memref.load %x[%arg12, %11] : memref<?x?xf64>
          %s = arith.addf %10, %25 : f64
          scf.yield %s : f64
        } else {
          scf.yield %10 : f64
        }
        %14:2 = gpu.shuffle down %13, %c16_i32, %c32_i32 : f64
        %15 = arith.addf %13, %14#0 : f64
        %16:2 = gpu.shuffle down %15, %c8_i32, %c32_i32 : f64
        %17 = arith.addf %15, %16#0 : f64
        %18:2 = gpu.shuffle down %17, %c4_i32, %c32_i32 : f64
        %19 = arith.addf %17, %18#0 : f64
        %20:2 = gpu.shuffle down %19, %c2_i32, %c32_i32 : f64
        %21 = arith.addf %19, %20#0 : f64
        %22:2 = gpu.shuffle down %21, %c1_i32, %c32_i32 : f64
        %23 = arith.addf %21, %22#0 : f64
        %24 = arith.cmpi eq, %3, %c0 : index
        scf.if %24 {
          %25 = memref.load %r[%arg12] : memref<?xf64>
          %26 = arith.addf %25, %23 : f64
          memref.store %26, %r[%arg12] : memref<?xf64>
        }
      }
      gpu.terminator
    } {mlir.block_size = 256 : i32}
    return
  }
}
// -----
// Without shuffles a thread adds a row, lanes in memory of its own.
// pipeline: linalg-to-gpu{subgroups=false},canonicalize,cse
func.func @rows(%x: memref<?x?xf64>, %r: memref<?xf64>) {
  linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0)>], iterator_types = ["parallel", "reduction"]}
      ins(%x : memref<?x?xf64>) outs(%r : memref<?xf64>) {
  ^bb0(%a: f64, %acc: f64):
    %s = arith.addf %acc, %a : f64
    linalg.yield %s : f64
  }
  return
}
// -----
// =>
module {
  func.func @rows(%x: memref<?x?xf64>, %r: memref<?xf64>) {
    %c2 = arith.constant 2 : index
    %c4 = arith.constant 4 : index
    %c8 = arith.constant 8 : index
    %c16 = arith.constant 16 : index
    %cst = arith.constant -0.000000e+00 : f64
    %c32 = arith.constant 32 : index
    %c65536 = arith.constant 65536 : index
    %c255 = arith.constant 255 : index
    %c256 = arith.constant 256 : index
    %c1 = arith.constant 1 : index
    %c0 = arith.constant 0 : index
    %dim = memref.dim %x, %c0 : memref<?x?xf64>
    %dim_0 = memref.dim %x, %c1 : memref<?x?xf64>
    %0 = arith.addi %dim, %c255 : index
    %1 = arith.divui %0, %c256 : index
    %2 = arith.minsi %1, %c65536 : index
    gpu.launch blocks(%arg0, %arg1, %arg2) in (%arg6 = %2, %arg7 = %c1, %arg8 = %c1) threads(%arg3, %arg4, %arg5) in (%arg9 = %c256, %arg10 = %c1, %arg11 = %c1) {
      %3 = arith.muli %arg0, %c256 : index
      %4 = arith.addi %3, %arg3 : index
      %5 = arith.muli %arg6, %c256 : index
      scf.for %arg12 = %4 to %dim step %5 {
        %alloca = memref.alloca() : memref<32xf64>
        scf.for %arg13 = %c0 to %c32 step %c1 {
          memref.store %cst, %alloca[%arg13] : memref<32xf64>
        }
        scf.for %arg13 = %c0 to %dim_0 step %c1 {
          %12 = arith.remui %arg13, %c32 : index
          %13 = memref.load %alloca[%12] : memref<32xf64>
          %14 = memref.load %x[%arg12, %arg13] : memref<?x?xf64>
          %s = arith.addf %13, %14 : f64
          memref.store %s, %alloca[%12] : memref<32xf64>
        }
        scf.for %arg13 = %c0 to %c16 step %c1 {
          %12 = memref.load %alloca[%arg13] : memref<32xf64>
          %13 = arith.addi %arg13, %c16 : index
          %14 = memref.load %alloca[%13] : memref<32xf64>
          %15 = arith.addf %12, %14 : f64
          memref.store %15, %alloca[%arg13] : memref<32xf64>
        }
        scf.for %arg13 = %c0 to %c8 step %c1 {
          %12 = memref.load %alloca[%arg13] : memref<32xf64>
          %13 = arith.addi %arg13, %c8 : index
          %14 = memref.load %alloca[%13] : memref<32xf64>
          %15 = arith.addf %12, %14 : f64
          memref.store %15, %alloca[%arg13] : memref<32xf64>
        }
        scf.for %arg13 = %c0 to %c4 step %c1 {
          %12 = memref.load %alloca[%arg13] : memref<32xf64>
          %13 = arith.addi %arg13, %c4 : index
          %14 = memref.load %alloca[%13] : memref<32xf64>
          %15 = arith.addf %12, %14 : f64
          memref.store %15, %alloca[%arg13] : memref<32xf64>
        }
        scf.for %arg13 = %c0 to %c2 step %c1 {
          %12 = memref.load %alloca[%arg13] : memref<32xf64>
          %13 = arith.addi %arg13, %c2 : index
          %14 = memref.load %alloca[%13] : memref<32xf64>
          %15 = arith.addf %12, %14 : f64
          memref.store %15, %alloca[%arg13] : memref<32xf64>
        }
        %6 = memref.load %alloca[%c0] : memref<32xf64>
        %7 = memref.load %alloca[%c1] : memref<32xf64>
        %8 = arith.addf %6, %7 : f64
        memref.store %8, %alloca[%c0] : memref<32xf64>
        %9 = memref.load %alloca[%c0] : memref<32xf64>
        %10 = memref.load %r[%arg12] : memref<?xf64>
        %11 = arith.addf %10, %9 : f64
        memref.store %11, %r[%arg12] : memref<?xf64>
      }
      gpu.terminator
    } {mlir.block_size = 256 : i32}
    return
  }
}
