// pipeline: convert-to-llvm
// Vectors of one dimension are LLVM's own.
func.func @axpy(%m: memref<?xf32>, %a: f32, %i: index, %n: index) -> f32 {
  %zero = arith.constant dense<0.0> : vector<8xf32>
  %x = vector.load %m[%i] : memref<?xf32>, vector<8xf32>
  %b = vector.broadcast %a : f32 to vector<8xf32>
  %y = vector.fma %x, %b, %zero : vector<8xf32>
  vector.store %y, %m[%i] {nontemporal = true} : memref<?xf32>, vector<8xf32>
  %k = vector.create_mask %n : vector<8xi1>
  %z = vector.maskedload %m[%i], %k, %zero : memref<?xf32>, vector<8xi1>, vector<8xf32> into vector<8xf32>
  vector.maskedstore %m[%i], %k, %z : memref<?xf32>, vector<8xi1>, vector<8xf32>
  %h = vector.shuffle %z, %z [0, 1, 2, 3] : vector<8xf32>, vector<8xf32>
  %e = vector.extract %h[2] : f32 from vector<4xf32>
  %w = vector.insert %e, %h [%i] : f32 into vector<4xf32>
  %s = vector.reduction <add>, %w : vector<4xf32> into f32
  return %s : f32
}
// -----
// =>
module {
  llvm.func internal @axpy(%arg0: !llvm.ptr, %arg1: i64, %a: f32, %i: i64, %n: i64) -> f32 attributes {passthrough = ["no-builtins", "nounwind"]} {
    %0 = llvm.mlir.constant(2 : i64) : i64
    %1 = llvm.mlir.constant(8 : i64) : i64
    %2 = llvm.mlir.constant(0 : i64) : i64
    %zero = llvm.mlir.constant(dense<0.000000e+00> : vector<8xf32>) : vector<8xf32>
    %3 = llvm.getelementptr inbounds %arg0[%i] : (!llvm.ptr, i64) -> !llvm.ptr, f32
    %4 = llvm.load %3 {alignment = 4 : i64} : !llvm.ptr -> vector<8xf32>
    %5 = llvm.mlir.poison : vector<8xf32>
    %6 = llvm.insertelement %a, %5[%2 : i64] : vector<8xf32>
    %7 = llvm.shufflevector %6, %5 [0, 0, 0, 0, 0, 0, 0, 0] : vector<8xf32>
    %y = llvm.intr.fma(%4, %7, %zero) : (vector<8xf32>, vector<8xf32>, vector<8xf32>) -> vector<8xf32>
    %8 = llvm.getelementptr inbounds %arg0[%i] : (!llvm.ptr, i64) -> !llvm.ptr, f32
    llvm.store %y, %8 {alignment = 4 : i64, nontemporal} : vector<8xf32>, !llvm.ptr
    %9 = llvm.intr.smax(%n, %2) : (i64, i64) -> i64
    %10 = llvm.intr.smin(%9, %1) : (i64, i64) -> i64
    %11 = llvm.trunc %10 : i64 to i8
    %12 = llvm.mlir.constant(dense<[0, 1, 2, 3, 4, 5, 6, 7]> : vector<8xi8>) : vector<8xi8>
    %13 = llvm.mlir.poison : vector<8xi8>
    %14 = llvm.insertelement %11, %13[%2 : i64] : vector<8xi8>
    %15 = llvm.shufflevector %14, %13 [0, 0, 0, 0, 0, 0, 0, 0] : vector<8xi8>
    %k = llvm.icmp "ult" %12, %15 : vector<8xi8>
    %16 = llvm.getelementptr %arg0[%i] : (!llvm.ptr, i64) -> !llvm.ptr, f32
    %17 = llvm.intr.masked.load %16, %k, %zero {alignment = 4 : i32} : (!llvm.ptr, vector<8xi1>, vector<8xf32>) -> vector<8xf32>
    %18 = llvm.getelementptr %arg0[%i] : (!llvm.ptr, i64) -> !llvm.ptr, f32
    llvm.intr.masked.store %17, %18, %k {alignment = 4 : i32} : vector<8xf32>, vector<8xi1> into !llvm.ptr
    %h = llvm.shufflevector %17, %17 [0, 1, 2, 3] : vector<8xf32>
    %e = llvm.extractelement %h[%0 : i64] : vector<4xf32>
    %w = llvm.insertelement %e, %h[%i : i64] : vector<4xf32>
    %19 = llvm.mlir.constant(-0.000000e+00 : f32) : f32
    %20 = "llvm.intr.vector.reduce.fadd"(%19, %w) : (f32, vector<4xf32>) -> f32
    llvm.return %20 : f32
  }
  llvm.func @axpy__packed(%arg0: !llvm.ptr {llvm.noalias}, %arg1: !llvm.ptr) attributes {passthrough = ["no-builtins", "nounwind"]} {
    %0 = llvm.load %arg0 {alignment = 8 : i64} : !llvm.ptr -> !llvm.ptr
    %1 = llvm.getelementptr inbounds %arg0[8] : (!llvm.ptr) -> !llvm.ptr, i8
    %2 = llvm.load %1 {alignment = 8 : i64} : !llvm.ptr -> i64
    %3 = llvm.getelementptr inbounds %arg0[16] : (!llvm.ptr) -> !llvm.ptr, i8
    %4 = llvm.load %3 {alignment = 8 : i64} : !llvm.ptr -> f32
    %5 = llvm.getelementptr inbounds %arg0[24] : (!llvm.ptr) -> !llvm.ptr, i8
    %6 = llvm.load %5 {alignment = 8 : i64} : !llvm.ptr -> i64
    %7 = llvm.getelementptr inbounds %arg0[32] : (!llvm.ptr) -> !llvm.ptr, i8
    %8 = llvm.load %7 {alignment = 8 : i64} : !llvm.ptr -> i64
    %9 = llvm.call @axpy(%0, %2, %4, %6, %8) : (!llvm.ptr, i64, f32, i64, i64) -> f32
    %10 = llvm.getelementptr inbounds %arg0[40] : (!llvm.ptr) -> !llvm.ptr, i8
    llvm.store %9, %10 {alignment = 8 : i64} : f32, !llvm.ptr
    llvm.return
  }
}
// -----
// Truth values are bytes in memory, bits in registers.
func.func @masks(%m: memref<?xi1>, %i: index) {
  %v = vector.load %m[%i] : memref<?xi1>, vector<16xi1>
  %t = vector.constant_mask [3] : vector<16xi1>
  %r = arith.xori %v, %t : vector<16xi1>
  vector.store %r, %m[%i] : memref<?xi1>, vector<16xi1>
  return
}
// -----
// =>
module {
  llvm.func internal @masks(%arg0: !llvm.ptr, %arg1: i64, %i: i64) attributes {passthrough = ["no-builtins", "nounwind"]} {
    %0 = llvm.mlir.constant(0 : i64) : i64
    %1 = llvm.getelementptr inbounds %arg0[%i] : (!llvm.ptr, i64) -> !llvm.ptr, i8
    %2 = llvm.load %1 {alignment = 1 : i64} : !llvm.ptr -> vector<16xi8>
    %3 = llvm.trunc %2 : vector<16xi8> to vector<16xi1>
    %t = llvm.mlir.constant(dense<[true, true, true, false, false, false, false, false, false, false, false, false, false, false, false, false]> : vector<16xi1>) : vector<16xi1>
    %r = llvm.xor %3, %t : vector<16xi1>
    %4 = llvm.getelementptr inbounds %arg0[%i] : (!llvm.ptr, i64) -> !llvm.ptr, i8
    %5 = llvm.zext %r : vector<16xi1> to vector<16xi8>
    llvm.store %5, %4 {alignment = 1 : i64} : vector<16xi8>, !llvm.ptr
    llvm.return
  }
  llvm.func @masks__packed(%arg0: !llvm.ptr {llvm.noalias}, %arg1: !llvm.ptr) attributes {passthrough = ["no-builtins", "nounwind"]} {
    %0 = llvm.load %arg0 {alignment = 8 : i64} : !llvm.ptr -> !llvm.ptr
    %1 = llvm.getelementptr inbounds %arg0[8] : (!llvm.ptr) -> !llvm.ptr, i8
    %2 = llvm.load %1 {alignment = 8 : i64} : !llvm.ptr -> i64
    %3 = llvm.getelementptr inbounds %arg0[16] : (!llvm.ptr) -> !llvm.ptr, i8
    %4 = llvm.load %3 {alignment = 8 : i64} : !llvm.ptr -> i64
    llvm.call @masks(%0, %2, %4) : (!llvm.ptr, i64, i64) -> ()
    llvm.return
  }
}
// -----
// Elements from anywhere.
func.func private @indirect(%m: memref<?xf64>, %i: index, %k: vector<4xi1>) -> f64 {
  %step = vector.step : vector<4xindex>
  %other = vector.broadcast %i : index to vector<4xindex>
  %at = arith.addi %step, %other : vector<4xindex>
  %zero = arith.constant dense<0.0> : vector<4xf64>
  %g = vector.gather %m[%i] [%at], %k, %zero : memref<?xf64>, vector<4xindex>, vector<4xi1>, vector<4xf64> into vector<4xf64>
  vector.scatter %m[%i] [%at], %k, %g : memref<?xf64>, vector<4xindex>, vector<4xi1>, vector<4xf64>
  %b = vector.bitcast %g : vector<4xf64> to vector<8xf32>
  %e:8 = vector.to_elements %b : vector<8xf32>
  %f = vector.from_elements %e#0, %e#7 : vector<2xf32>
  %s = vector.reduction <maxnumf>, %f : vector<2xf32> into f32
  %r = arith.extf %s : f32 to f64
  return %r : f64
}
// -----
// =>
module {
  llvm.func internal @indirect(%arg0: !llvm.ptr, %arg1: i64, %i: i64, %k: vector<4xi1>) -> f64 attributes {passthrough = ["no-builtins", "nounwind"]} {
    %0 = llvm.mlir.constant(7 : i64) : i64
    %1 = llvm.mlir.constant(6 : i64) : i64
    %2 = llvm.mlir.constant(5 : i64) : i64
    %3 = llvm.mlir.constant(4 : i64) : i64
    %4 = llvm.mlir.constant(3 : i64) : i64
    %5 = llvm.mlir.constant(2 : i64) : i64
    %6 = llvm.mlir.constant(1 : i64) : i64
    %7 = llvm.mlir.constant(0 : i64) : i64
    %step = llvm.mlir.constant(dense<[0, 1, 2, 3]> : vector<4xi64>) : vector<4xi64>
    %8 = llvm.mlir.poison : vector<4xi64>
    %9 = llvm.insertelement %i, %8[%7 : i64] : vector<4xi64>
    %10 = llvm.shufflevector %9, %8 [0, 0, 0, 0] : vector<4xi64>
    %at = llvm.add %step, %10 : vector<4xi64>
    %zero = llvm.mlir.constant(dense<0.000000e+00> : vector<4xf64>) : vector<4xf64>
    %11 = llvm.getelementptr %arg0[%i] : (!llvm.ptr, i64) -> !llvm.ptr, f64
    %12 = llvm.getelementptr %11[%at] : (!llvm.ptr, vector<4xi64>) -> vector<4x!llvm.ptr>, f64
    %13 = llvm.intr.masked.gather %12, %k, %zero {alignment = 8 : i32} : (vector<4x!llvm.ptr>, vector<4xi1>, vector<4xf64>) -> vector<4xf64>
    %14 = llvm.getelementptr %arg0[%i] : (!llvm.ptr, i64) -> !llvm.ptr, f64
    %15 = llvm.getelementptr %14[%at] : (!llvm.ptr, vector<4xi64>) -> vector<4x!llvm.ptr>, f64
    llvm.intr.masked.scatter %13, %15, %k {alignment = 8 : i32} : vector<4xf64>, vector<4xi1> into vector<4x!llvm.ptr>
    %b = llvm.bitcast %13 : vector<4xf64> to vector<8xf32>
    %16 = llvm.extractelement %b[%7 : i64] : vector<8xf32>
    %17 = llvm.extractelement %b[%6 : i64] : vector<8xf32>
    %18 = llvm.extractelement %b[%5 : i64] : vector<8xf32>
    %19 = llvm.extractelement %b[%4 : i64] : vector<8xf32>
    %20 = llvm.extractelement %b[%3 : i64] : vector<8xf32>
    %21 = llvm.extractelement %b[%2 : i64] : vector<8xf32>
    %22 = llvm.extractelement %b[%1 : i64] : vector<8xf32>
    %23 = llvm.extractelement %b[%0 : i64] : vector<8xf32>
    %24 = llvm.mlir.poison : vector<2xf32>
    %25 = llvm.insertelement %16, %24[%7 : i64] : vector<2xf32>
    %26 = llvm.insertelement %23, %25[%6 : i64] : vector<2xf32>
    %27 = llvm.intr.vector.reduce.fmax(%26) : (vector<2xf32>) -> f32
    %r = llvm.fpext %27 : f32 to f64
    llvm.return %r : f64
  }
}
