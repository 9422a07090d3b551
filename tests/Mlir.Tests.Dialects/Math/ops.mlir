// Functions of one float.
func.func @unary(%x: f64, %t: tensor<?xf32>) {
  %x0 = math.absf %x : f64
  %t0 = math.absf %t fastmath<fast> : tensor<?xf32>
  %x1 = math.acos %x : f64
  %t1 = math.acos %t fastmath<fast> : tensor<?xf32>
  %x2 = math.acosh %x : f64
  %t2 = math.acosh %t fastmath<fast> : tensor<?xf32>
  %x3 = math.asin %x : f64
  %t3 = math.asin %t fastmath<fast> : tensor<?xf32>
  %x4 = math.asinh %x : f64
  %t4 = math.asinh %t fastmath<fast> : tensor<?xf32>
  %x5 = math.atan %x : f64
  %t5 = math.atan %t fastmath<fast> : tensor<?xf32>
  %x6 = math.atanh %x : f64
  %t6 = math.atanh %t fastmath<fast> : tensor<?xf32>
  %x7 = math.cbrt %x : f64
  %t7 = math.cbrt %t fastmath<fast> : tensor<?xf32>
  %x8 = math.ceil %x : f64
  %t8 = math.ceil %t fastmath<fast> : tensor<?xf32>
  %x9 = math.cos %x : f64
  %t9 = math.cos %t fastmath<fast> : tensor<?xf32>
  %x10 = math.cosh %x : f64
  %t10 = math.cosh %t fastmath<fast> : tensor<?xf32>
  %x11 = math.erf %x : f64
  %t11 = math.erf %t fastmath<fast> : tensor<?xf32>
  %x12 = math.erfc %x : f64
  %t12 = math.erfc %t fastmath<fast> : tensor<?xf32>
  %x13 = math.exp %x : f64
  %t13 = math.exp %t fastmath<fast> : tensor<?xf32>
  %x14 = math.exp2 %x : f64
  %t14 = math.exp2 %t fastmath<fast> : tensor<?xf32>
  %x15 = math.expm1 %x : f64
  %t15 = math.expm1 %t fastmath<fast> : tensor<?xf32>
  %x16 = math.floor %x : f64
  %t16 = math.floor %t fastmath<fast> : tensor<?xf32>
  %x17 = math.log %x : f64
  %t17 = math.log %t fastmath<fast> : tensor<?xf32>
  %x18 = math.log10 %x : f64
  %t18 = math.log10 %t fastmath<fast> : tensor<?xf32>
  %x19 = math.log1p %x : f64
  %t19 = math.log1p %t fastmath<fast> : tensor<?xf32>
  %x20 = math.log2 %x : f64
  %t20 = math.log2 %t fastmath<fast> : tensor<?xf32>
  %x21 = math.round %x : f64
  %t21 = math.round %t fastmath<fast> : tensor<?xf32>
  %x22 = math.roundeven %x : f64
  %t22 = math.roundeven %t fastmath<fast> : tensor<?xf32>
  %x23 = math.rsqrt %x : f64
  %t23 = math.rsqrt %t fastmath<fast> : tensor<?xf32>
  %x24 = math.sin %x : f64
  %t24 = math.sin %t fastmath<fast> : tensor<?xf32>
  %x25 = math.sinh %x : f64
  %t25 = math.sinh %t fastmath<fast> : tensor<?xf32>
  %x26 = math.sqrt %x : f64
  %t26 = math.sqrt %t fastmath<fast> : tensor<?xf32>
  %x27 = math.tan %x : f64
  %t27 = math.tan %t fastmath<fast> : tensor<?xf32>
  %x28 = math.tanh %x : f64
  %t28 = math.tanh %t fastmath<fast> : tensor<?xf32>
  %x29 = math.trunc %x : f64
  %t29 = math.trunc %t fastmath<fast> : tensor<?xf32>
  return
}
// -----
// Functions of several floats.
func.func @several(%x: f32, %v: vector<4xf64>) {
  %0 = math.atan2 %x, %x : f32
  %1 = math.powf %x, %x fastmath<afn> : f32
  %2 = math.copysign %v, %v : vector<4xf64>
  %3 = math.fma %v, %v, %v : vector<4xf64>
  %4 = math.fma %x, %x, %x fastmath<contract> : f32
  %5 = math.clampf %x to [%x, %x] : f32
  %6 = math.clampf %v to [%v, %v] fastmath<nnan> : vector<4xf64>
  %sin, %cos = math.sincos %x : f32
  %sin_0, %cos_1 = math.sincos %v fastmath<fast> : vector<4xf64>
  return
}
// -----
// Questions about floats.
func.func @classes(%x: f32, %t: tensor<2xf64>) {
  %0 = math.isfinite %x : f32
  %1 = math.isinf %x : f32
  %2 = math.isnan %t : tensor<2xf64>
  %3 = math.isnormal %t : tensor<2xf64>
  return
}
// -----
// Functions of integers.
func.func @integers(%i: i32, %x: index, %v: vector<2xi8>, %f: f64, %w: vector<2xf32>) {
  %0 = math.absi %i : i32
  %1 = math.ctlz %v : vector<2xi8>
  %2 = math.cttz %x : index
  %3 = math.ctpop %i : i32
  %4 = math.ipowi %i, %i : i32
  %5 = math.fpowi %f, %i : f64, i32
  %6 = math.fpowi %w, %v fastmath<fast> : vector<2xf32>, vector<2xi8>
  return
}
