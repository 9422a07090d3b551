// pipeline: generate-runtime-verification
// A subscript is compared once, as an unsigned number; what was asserted already is not asserted again.
func.func @extract(%t: tensor<?xf64>, %i: index) -> f64 {
  %0 = tensor.extract %t[%i] : tensor<?xf64>
  %1 = tensor.extract %t[%i] : tensor<?xf64>
  %2 = arith.addf %0, %1 : f64
  return %2 : f64
}
// -----
// =>
module {
  func.func @extract(%t: tensor<?xf64>, %i: index) -> f64 {
    %c0 = arith.constant 0 : index
    %dim = tensor.dim %t, %c0 : tensor<?xf64>
    %0 = arith.cmpi ult, %i, %dim : index
    cf.assert %0, "System.IndexOutOfRangeException: Index was outside the bounds of the array."
    %extracted = tensor.extract %t[%i] : tensor<?xf64>
    %extracted_0 = tensor.extract %t[%i] : tensor<?xf64>
    %1 = arith.addf %extracted, %extracted_0 : f64
    return %1 : f64
  }
}
// -----
// The frontend's own check is enough.
func.func @extract_checked(%t: tensor<?xf64>, %i: index) -> f64 {
  %c0 = arith.constant 0 : index
  %n = tensor.dim %t, %c0 : tensor<?xf64>
  %ok = arith.cmpi ult, %i, %n : index
  cf.assert %ok, "System.IndexOutOfRangeException: Index was outside the bounds of the array."
  %0 = tensor.extract %t[%i] : tensor<?xf64>
  return %0 : f64
}
// -----
// =>
module {
  func.func @extract_checked(%t: tensor<?xf64>, %i: index) -> f64 {
    %c0 = arith.constant 0 : index
    %n = tensor.dim %t, %c0 : tensor<?xf64>
    %ok = arith.cmpi ult, %i, %n : index
    cf.assert %ok, "System.IndexOutOfRangeException: Index was outside the bounds of the array."
    %extracted = tensor.extract %t[%i] : tensor<?xf64>
    return %extracted : f64
  }
}
// -----
// Constants, and variables of loops over the dimension, are inside.
func.func @inside(%t: tensor<?xf64>, %s: tensor<4xf64>, %zero: f64) -> f64 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %n = tensor.dim %t, %c0 : tensor<?xf64>
  %sum = scf.for %i = %c0 to %n step %c1 iter_args(%a = %zero) -> (f64) {
    %x = tensor.extract %t[%i] : tensor<?xf64>
    %y = tensor.extract %s[%c3] : tensor<4xf64>
    %xy = arith.mulf %x, %y : f64
    %b = arith.addf %a, %xy : f64
    scf.yield %b : f64
  }
  return %sum : f64
}
// -----
// =>
module {
  func.func @inside(%t: tensor<?xf64>, %s: tensor<4xf64>, %zero: f64) -> f64 {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c3 = arith.constant 3 : index
    %n = tensor.dim %t, %c0 : tensor<?xf64>
    %sum = scf.for %i = %c0 to %n step %c1 iter_args(%a = %zero) -> (f64) {
      %x = tensor.extract %t[%i] : tensor<?xf64>
      %y = tensor.extract %s[%c3] : tensor<4xf64>
      %xy = arith.mulf %x, %y : f64
      %b = arith.addf %a, %xy : f64
      scf.yield %b : f64
    }
    return %sum : f64
  }
}
// -----
// A step that may be zero or negative, and steps that could wrap around.
func.func @steps(%t: tensor<?xi32>, %step: index, %zero: i32) -> i32 {
  %c0 = arith.constant 0 : index
  %n = tensor.dim %t, %c0 : tensor<?xi32>
  %sum = scf.for %i = %c0 to %n step %step iter_args(%a = %zero) -> (i32) {
    %x = tensor.extract %t[%i] : tensor<?xi32>
    %b = arith.addi %a, %x : i32
    scf.yield %b : i32
  }
  return %sum : i32
}
// -----
// =>
module {
  func.func @steps(%t: tensor<?xi32>, %step: index, %zero: i32) -> i32 {
    %c0 = arith.constant 0 : index
    %n = tensor.dim %t, %c0 : tensor<?xi32>
    %c0_0 = arith.constant 0 : index
    %0 = arith.cmpi sgt, %step, %c0_0 : index
    cf.assert %0, "System.ArgumentOutOfRangeException: The step of a loop must be positive."
    %sum = scf.for %i = %c0 to %n step %step iter_args(%a = %zero) -> (i32) {
      %c0_1 = arith.constant 0 : index
      %dim = tensor.dim %t, %c0_1 : tensor<?xi32>
      %1 = arith.cmpi ult, %i, %dim : index
      cf.assert %1, "System.IndexOutOfRangeException: Index was outside the bounds of the array."
      %x = tensor.extract %t[%i] : tensor<?xi32>
      %b = arith.addi %a, %x : i32
      scf.yield %b : i32
    }
    return %sum : i32
  }
}
// -----
// Sizes are compared where they come from: once for the whole chain, and no computed tensor is asked for its size.
func.func @chain(%x: tensor<?xf64>, %y: tensor<?xf64>) -> tensor<?xf64> {
  %0 = arith.mulf %x, %y : tensor<?xf64>
  %1 = arith.addf %0, %x : tensor<?xf64>
  %2 = arith.subf %1, %y : tensor<?xf64>
  return %2 : tensor<?xf64>
}
// -----
// =>
module {
  func.func @chain(%x: tensor<?xf64>, %y: tensor<?xf64>) -> tensor<?xf64> {
    %c0 = arith.constant 0 : index
    %dim = tensor.dim %x, %c0 : tensor<?xf64>
    %c0_0 = arith.constant 0 : index
    %dim_0 = tensor.dim %y, %c0_0 : tensor<?xf64>
    %0 = arith.cmpi eq, %dim, %dim_0 : index
    cf.assert %0, "System.ArgumentException: The shapes of the tensors do not agree."
    %1 = arith.mulf %x, %y : tensor<?xf64>
    %2 = arith.addf %1, %x : tensor<?xf64>
    %3 = arith.subf %2, %y : tensor<?xf64>
    return %3 : tensor<?xf64>
  }
}
// -----
// Division: zero, and the one quotient that does not fit; constants and small dividends need no check.
func.func @divide(%a: i32, %b: i32, %c: i8, %d: i8) -> (i32, i32, i32) {
  %c7 = arith.constant 7 : i32
  %0 = arith.divsi %a, %b : i32
  %1 = arith.remsi %a, %c7 : i32
  %zero = arith.constant 0 : i8
  %nonzero = arith.cmpi ne, %d, %zero : i8
  cf.assert %nonzero, "System.DivideByZeroException: Attempted to divide by zero."
  %wc = arith.extsi %c : i8 to i32
  %wd = arith.extsi %d : i8 to i32
  %2 = arith.floordivsi %wc, %wd : i32
  return %0, %1, %2 : i32, i32, i32
}
// -----
// =>
module {
  func.func @divide(%a: i32, %b: i32, %c: i8, %d: i8) -> (i32, i32, i32) {
    %c7 = arith.constant 7 : i32
    %c0_i32 = arith.constant 0 : i32
    %0 = arith.cmpi ne, %b, %c0_i32 : i32
    cf.assert %0, "System.DivideByZeroException: Attempted to divide by zero."
    %c-2147483648_i32 = arith.constant -2147483648 : i32
    %1 = arith.cmpi eq, %a, %c-2147483648_i32 : i32
    %c-1_i32 = arith.constant -1 : i32
    %2 = arith.cmpi eq, %b, %c-1_i32 : i32
    %3 = arith.andi %1, %2 : i1
    %true = arith.constant true
    %4 = arith.xori %3, %true : i1
    cf.assert %4, "System.OverflowException: Arithmetic operation resulted in an overflow."
    %5 = arith.divsi %a, %b : i32
    %6 = arith.remsi %a, %c7 : i32
    %zero = arith.constant 0 : i8
    %nonzero = arith.cmpi ne, %d, %zero : i8
    cf.assert %nonzero, "System.DivideByZeroException: Attempted to divide by zero."
    %wc = arith.extsi %c : i8 to i32
    %wd = arith.extsi %d : i8 to i32
    %7 = arith.floordivsi %wc, %wd : i32
    return %5, %6, %7 : i32, i32, i32
  }
}
// -----
// Division of tensors is checked element by element.
func.func @divide_tensors(%a: tensor<?xi32>, %b: tensor<?xi32>) -> tensor<?xi32> {
  %0 = arith.divui %a, %b : tensor<?xi32>
  return %0 : tensor<?xi32>
}
// -----
// =>
#map = affine_map<(d0) -> (d0)>
module {
  func.func @divide_tensors(%a: tensor<?xi32>, %b: tensor<?xi32>) -> tensor<?xi32> {
    %c0 = arith.constant 0 : index
    %dim = tensor.dim %a, %c0 : tensor<?xi32>
    %0 = tensor.empty(%dim) : tensor<?xi32>
    %c0_0 = arith.constant 0 : index
    %dim_0 = tensor.dim %a, %c0_0 : tensor<?xi32>
    %c0_1 = arith.constant 0 : index
    %dim_1 = tensor.dim %b, %c0_1 : tensor<?xi32>
    %1 = arith.cmpi eq, %dim_0, %dim_1 : index
    cf.assert %1, "System.ArgumentException: The shapes of the tensors do not agree."
    %2 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel"]} ins(%a, %b : tensor<?xi32>, tensor<?xi32>) outs(%0 : tensor<?xi32>) {
    ^bb0(%arg0: i32, %arg1: i32, %arg2: i32):
      %c0_i32 = arith.constant 0 : i32
      %3 = arith.cmpi ne, %arg1, %c0_i32 : i32
      cf.assert %3, "System.DivideByZeroException: Attempted to divide by zero."
      %4 = arith.divui %arg0, %arg1 : i32
      linalg.yield %4 : i32
    } -> tensor<?xi32>
    return %2 : tensor<?xi32>
  }
}
// -----
// Shifts by the low bits of the distance; promises go.
func.func @shift(%a: i32, %n: i32) -> (i32, i32, f64) {
  %c31 = arith.constant 31 : i32
  %0 = arith.shli %a, %n overflow<nsw> : i32
  %m = arith.andi %n, %c31 : i32
  %1 = arith.shrui %a, %m : i32
  %2 = arith.sitofp %1 : i32 to f64
  %3 = arith.addf %2, %2 fastmath<fast> : f64
  return %0, %1, %3 : i32, i32, f64
}
// -----
// =>
module {
  func.func @shift(%a: i32, %n: i32) -> (i32, i32, f64) {
    %c31 = arith.constant 31 : i32
    %c31_i32 = arith.constant 31 : i32
    %0 = arith.andi %n, %c31_i32 : i32
    %1 = arith.shli %a, %0 : i32
    %m = arith.andi %n, %c31 : i32
    %2 = arith.shrui %a, %m : i32
    %3 = arith.sitofp %2 : i32 to f64
    %4 = arith.addf %3, %3 fastmath<reassoc, nsz, arcp, contract, afn> : f64
    return %1, %2, %4 : i32, i32, f64
  }
}
// -----
// Floats out of range convert to 0 unless they were limited already.
func.func @convert(%x: f64, %y: f32) -> (i32, i32, i64) {
  %0 = arith.fptosi %x : f64 to i32
  %low = arith.constant -2147483648.0 : f64
  %high = arith.constant 2147483648.0 : f64
  %zero = arith.constant 0.0 : f64
  %above = arith.cmpf oge, %x, %low : f64
  %below = arith.cmpf olt, %x, %high : f64
  %in = arith.andi %above, %below : i1
  %safe = arith.select %in, %x, %zero : f64
  %1 = arith.fptosi %safe : f64 to i32
  %2 = arith.fptoui %y : f32 to i64
  return %0, %1, %2 : i32, i32, i64
}
// -----
// =>
module {
  func.func @convert(%x: f64, %y: f32) -> (i32, i32, i64) {
    %cst = arith.constant -2147483649.0 : f64
    %0 = arith.cmpf ogt, %x, %cst : f64
    %cst_0 = arith.constant 2147483648.0 : f64
    %1 = arith.cmpf olt, %x, %cst_0 : f64
    %2 = arith.andi %0, %1 : i1
    %cst_1 = arith.constant 0.000000e+00 : f64
    %3 = arith.select %2, %x, %cst_1 : f64
    %4 = arith.fptosi %3 : f64 to i32
    %low = arith.constant -2147483648.0 : f64
    %high = arith.constant 2147483648.0 : f64
    %zero = arith.constant 0.000000e+00 : f64
    %above = arith.cmpf oge, %x, %low : f64
    %below = arith.cmpf olt, %x, %high : f64
    %in = arith.andi %above, %below : i1
    %safe = arith.select %in, %x, %zero : f64
    %5 = arith.fptosi %safe : f64 to i32
    %cst_2 = arith.constant -1.000000e+00 : f32
    %6 = arith.cmpf ogt, %y, %cst_2 : f32
    %cst_3 = arith.constant 1.8446744E+19 : f32
    %7 = arith.cmpf olt, %y, %cst_3 : f32
    %8 = arith.andi %6, %7 : i1
    %cst_4 = arith.constant 0.000000e+00 : f32
    %9 = arith.select %8, %y, %cst_4 : f32
    %10 = arith.fptoui %9 : f32 to i64
    return %4, %5, %10 : i32, i32, i64
  }
}
// -----
// The loops of a matrix product agree, and the product's memory can be counted.
func.func @matmul(%a: tensor<?x?xf32>, %b: tensor<?x?xf32>) -> tensor<?x?xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = tensor.dim %a, %c0 : tensor<?x?xf32>
  %m = tensor.dim %b, %c1 : tensor<?x?xf32>
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty(%n, %m) : tensor<?x?xf32>
  %z = linalg.fill ins(%zero : f32) outs(%e : tensor<?x?xf32>) -> tensor<?x?xf32>
  %0 = linalg.matmul ins(%a, %b : tensor<?x?xf32>, tensor<?x?xf32>) outs(%z : tensor<?x?xf32>) -> tensor<?x?xf32>
  return %0 : tensor<?x?xf32>
}
// -----
// =>
module {
  func.func @matmul(%a: tensor<?x?xf32>, %b: tensor<?x?xf32>) -> tensor<?x?xf32> {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %n = tensor.dim %a, %c0 : tensor<?x?xf32>
    %m = tensor.dim %b, %c1 : tensor<?x?xf32>
    %zero = arith.constant 0.000000e+00 : f32
    %c0_0 = arith.constant 0 : index
    %dim = tensor.dim %a, %c0_0 : tensor<?x?xf32>
    %c1_0 = arith.constant 1 : index
    %dim_0 = tensor.dim %b, %c1_0 : tensor<?x?xf32>
    %c9007199254740992 = arith.constant 9007199254740992 : index
    %0 = arith.cmpi ule, %dim, %c9007199254740992 : index
    cf.assert %0, "System.OverflowException: The size of an array is negative, or its bytes exceed what memory can address."
    %1 = arith.cmpi ule, %dim_0, %c9007199254740992 : index
    cf.assert %1, "System.OverflowException: The size of an array is negative, or its bytes exceed what memory can address."
    %c1_1 = arith.constant 1 : index
    %2 = arith.maxsi %dim, %c1_1 : index
    %3 = arith.index_cast %2 : index to i64
    %c1_2 = arith.constant 1 : index
    %4 = arith.maxsi %dim_0, %c1_2 : index
    %5 = arith.index_cast %4 : index to i64
    %low, %high = arith.mului_extended %3, %5 : i64
    %c9007199254740992_i64 = arith.constant 9007199254740992 : i64
    %c0_i64 = arith.constant 0 : i64
    %6 = arith.cmpi eq, %high, %c0_i64 : i64
    %7 = arith.cmpi ule, %low, %c9007199254740992_i64 : i64
    %8 = arith.andi %6, %7 : i1
    cf.assert %8, "System.OverflowException: The size of an array is negative, or its bytes exceed what memory can address."
    %e = tensor.empty(%n, %m) : tensor<?x?xf32>
    %z = linalg.fill ins(%zero : f32) outs(%e : tensor<?x?xf32>) -> tensor<?x?xf32>
    %c1_3 = arith.constant 1 : index
    %dim_1 = tensor.dim %a, %c1_3 : tensor<?x?xf32>
    %c0_1 = arith.constant 0 : index
    %dim_2 = tensor.dim %b, %c0_1 : tensor<?x?xf32>
    %9 = arith.cmpi eq, %dim_1, %dim_2 : index
    cf.assert %9, "System.ArgumentException: The shapes of the tensors do not agree."
    %10 = linalg.matmul ins(%a, %b : tensor<?x?xf32>, tensor<?x?xf32>) outs(%z : tensor<?x?xf32>) -> tensor<?x?xf32>
    return %10 : tensor<?x?xf32>
  }
}
// -----
// Memory that nobody writes before it is read is zero.
func.func @unwritten(%n: index, %x: f32) -> (tensor<?xf32>, tensor<4xf32>) {
  %c0 = arith.constant 0 : index
  %e = tensor.empty(%n) : tensor<?xf32>
  %0 = tensor.insert %x into %e[%c0] : tensor<?xf32>
  %1 = tensor.empty() : tensor<4xf32>
  return %0, %1 : tensor<?xf32>, tensor<4xf32>
}
// -----
// =>
module {
  func.func @unwritten(%n: index, %x: f32) -> (tensor<?xf32>, tensor<4xf32>) {
    %c0 = arith.constant 0 : index
    %cst = arith.constant 0.000000e+00 : f32
    %c9007199254740992 = arith.constant 9007199254740992 : index
    %0 = arith.cmpi ule, %n, %c9007199254740992 : index
    cf.assert %0, "System.OverflowException: The size of an array is negative, or its bytes exceed what memory can address."
    %splat = tensor.splat %cst[%n] : tensor<?xf32>
    %c0_0 = arith.constant 0 : index
    %1 = arith.cmpi ult, %c0_0, %n : index
    cf.assert %1, "System.IndexOutOfRangeException: Index was outside the bounds of the array."
    %inserted = tensor.insert %x into %splat[%c0] : tensor<?xf32>
    %cst_0 = arith.constant 0.000000e+00 : f32
    %splat_0 = tensor.splat %cst_0 : tensor<4xf32>
    return %inserted, %splat_0 : tensor<?xf32>, tensor<4xf32>
  }
}
// -----
// Casts and slices.
func.func @views(%t: tensor<?xf32>, %o: index, %n: index, %s: index) -> (tensor<4xf32>, tensor<?xf32>, tensor<?xf32>) {
  %0 = tensor.cast %t : tensor<?xf32> to tensor<4xf32>
  %1 = tensor.extract_slice %t[%o] [%n] [1] : tensor<?xf32> to tensor<?xf32>
  %2 = tensor.extract_slice %t[0] [%n] [%s] : tensor<?xf32> to tensor<?xf32>
  return %0, %1, %2 : tensor<4xf32>, tensor<?xf32>, tensor<?xf32>
}
// -----
// =>
module {
  func.func @views(%t: tensor<?xf32>, %o: index, %n: index, %s: index) -> (tensor<4xf32>, tensor<?xf32>, tensor<?xf32>) {
    %c0 = arith.constant 0 : index
    %dim = tensor.dim %t, %c0 : tensor<?xf32>
    %c4 = arith.constant 4 : index
    %0 = arith.cmpi eq, %dim, %c4 : index
    cf.assert %0, "System.ArgumentException: The shapes of the tensors do not agree."
    %cast = tensor.cast %t : tensor<?xf32> to tensor<4xf32>
    %c0_0 = arith.constant 0 : index
    %dim_0 = tensor.dim %t, %c0_0 : tensor<?xf32>
    %1 = arith.cmpi ule, %o, %dim_0 : index
    cf.assert %1, "System.ArgumentOutOfRangeException: The slice is not inside the tensor."
    %2 = arith.subi %dim_0, %o : index
    %3 = arith.cmpi ule, %n, %2 : index
    cf.assert %3, "System.ArgumentOutOfRangeException: The slice is not inside the tensor."
    %extracted_slice = tensor.extract_slice %t[%o] [%n] [1] : tensor<?xf32> to tensor<?xf32>
    %c0_1 = arith.constant 0 : index
    %dim_1 = tensor.dim %t, %c0_1 : tensor<?xf32>
    %c0_2 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c0_3 = arith.constant 0 : index
    %4 = arith.cmpi sgt, %s, %c0_3 : index
    cf.assert %4, "System.ArgumentOutOfRangeException: The slice is not inside the tensor."
    %5 = arith.maxsi %dim_1, %c1 : index
    %6 = arith.minsi %s, %5 : index
    %7 = arith.maxsi %dim_1, %c1 : index
    %8 = arith.subi %7, %c1 : index
    %9 = arith.divui %8, %s : index
    %10 = arith.addi %9, %c1 : index
    %11 = arith.cmpi eq, %dim_1, %c0_3 : index
    %12 = arith.select %11, %c0_3, %10 : index
    %13 = arith.cmpi ule, %n, %12 : index
    cf.assert %13, "System.ArgumentOutOfRangeException: The slice is not inside the tensor."
    %extracted_slice_0 = tensor.extract_slice %t[0] [%n] [%6] : tensor<?xf32> to tensor<?xf32>
    return %cast, %extracted_slice, %extracted_slice_0 : tensor<4xf32>, tensor<?xf32>, tensor<?xf32>
  }
}
// -----
// A dimension that the tensor may not have.
func.func @dim(%t: tensor<?x4xf32>, %d: index) -> index {
  %0 = tensor.dim %t, %d : tensor<?x4xf32>
  return %0 : index
}
// -----
// =>
module {
  func.func @dim(%t: tensor<?x4xf32>, %d: index) -> index {
    %c2 = arith.constant 2 : index
    %0 = arith.cmpi ult, %d, %c2 : index
    cf.assert %0, "System.ArgumentOutOfRangeException: The tensor has no dimension of this number."
    %dim = tensor.dim %t, %d : tensor<?x4xf32>
    return %dim : index
  }
}
// -----
// Elements gathered by subscripts that are elements: the check is in the body, the size is asked for in front.
func.func @gather(%t: tensor<?xf32>, %at: tensor<?xindex>) -> tensor<?xf32> {
  %c0 = arith.constant 0 : index
  %n = tensor.dim %at, %c0 : tensor<?xindex>
  %e = tensor.empty(%n) : tensor<?xf32>
  %0 = linalg.map ins(%at : tensor<?xindex>) outs(%e : tensor<?xf32>) (%i: index, %_: f32) {
    %x = tensor.extract %t[%i] : tensor<?xf32>
    linalg.yield %x : f32
  }
  return %0 : tensor<?xf32>
}
// -----
// =>
module {
  func.func @gather(%t: tensor<?xf32>, %at: tensor<?xindex>) -> tensor<?xf32> {
    %c0 = arith.constant 0 : index
    %n = tensor.dim %at, %c0 : tensor<?xindex>
    %e = tensor.empty(%n) : tensor<?xf32>
    %c0_0 = arith.constant 0 : index
    %dim = tensor.dim %t, %c0_0 : tensor<?xf32>
    %mapped = linalg.map ins(%at : tensor<?xindex>) outs(%e : tensor<?xf32>)
      (%i: index, %_: f32) {
      %0 = arith.cmpi ult, %i, %dim : index
      cf.assert %0, "System.IndexOutOfRangeException: Index was outside the bounds of the array."
      %x = tensor.extract %t[%i] : tensor<?xf32>
      linalg.yield %x : f32
    }
    return %mapped : tensor<?xf32>
  }
}
// -----
// What is inserted fits the slice, and the slice the tensor; a string of two.
func.func @concat(%a: tensor<?xi16>, %b: tensor<?xi16>, %n: index, %from: index) -> tensor<?xi16> {
  %e = tensor.empty(%n) : tensor<?xi16>
  %0 = tensor.insert_slice %a into %e[0] [%n] [1] : tensor<?xi16> into tensor<?xi16>
  %1 = tensor.insert_slice %b into %0[%from] [%n] [2] : tensor<?xi16> into tensor<?xi16>
  return %1 : tensor<?xi16>
}
// -----
// =>
module {
  func.func @concat(%a: tensor<?xi16>, %b: tensor<?xi16>, %n: index, %from: index) -> tensor<?xi16> {
    %c0_i16 = arith.constant 0 : i16
    %c9007199254740992 = arith.constant 9007199254740992 : index
    %0 = arith.cmpi ule, %n, %c9007199254740992 : index
    cf.assert %0, "System.OverflowException: The size of an array is negative, or its bytes exceed what memory can address."
    %splat = tensor.splat %c0_i16[%n] : tensor<?xi16>
    %c0 = arith.constant 0 : index
    %1 = arith.cmpi ule, %n, %n : index
    cf.assert %1, "System.ArgumentOutOfRangeException: The slice is not inside the tensor."
    %c0_0 = arith.constant 0 : index
    %dim = tensor.dim %a, %c0_0 : tensor<?xi16>
    %2 = arith.cmpi eq, %n, %dim : index
    cf.assert %2, "System.ArgumentException: The shapes of the tensors do not agree."
    %inserted_slice = tensor.insert_slice %a into %splat[0] [%n] [1] : tensor<?xi16> into tensor<?xi16>
    %3 = arith.cmpi ule, %from, %n : index
    cf.assert %3, "System.ArgumentOutOfRangeException: The slice is not inside the tensor."
    %4 = arith.subi %n, %from : index
    %c2 = arith.constant 2 : index
    %c1 = arith.constant 1 : index
    %c0_1 = arith.constant 0 : index
    %5 = arith.cmpi sgt, %c2, %c0_1 : index
    cf.assert %5, "System.ArgumentOutOfRangeException: The slice is not inside the tensor."
    %6 = arith.maxsi %4, %c1 : index
    %7 = arith.subi %6, %c1 : index
    %8 = arith.divui %7, %c2 : index
    %9 = arith.addi %8, %c1 : index
    %10 = arith.cmpi eq, %4, %c0_1 : index
    %11 = arith.select %10, %c0_1, %9 : index
    %12 = arith.cmpi ule, %n, %11 : index
    cf.assert %12, "System.ArgumentOutOfRangeException: The slice is not inside the tensor."
    %c0_2 = arith.constant 0 : index
    %dim_0 = tensor.dim %b, %c0_2 : tensor<?xi16>
    %13 = arith.cmpi eq, %n, %dim_0 : index
    cf.assert %13, "System.ArgumentException: The shapes of the tensors do not agree."
    %inserted_slice_0 = tensor.insert_slice %b into %inserted_slice[%from] [%n] [2] : tensor<?xi16> into tensor<?xi16>
    return %inserted_slice_0 : tensor<?xi16>
  }
}
