llvm.func @f(%to: !llvm.ptr<3>, %from: !llvm.ptr<1>) {
  // expected-error@+1 {{expected byte size to be either 4, 8 or 16}}
  nvvm.cp.async.shared.global %to, %from, 3, cache = ca : !llvm.ptr<3>, !llvm.ptr<1>
  llvm.return
}
// -----
llvm.func @f(%to: !llvm.ptr<3>, %from: !llvm.ptr<1>) {
  // expected-error@+1 {{CG cache modifier is only support for 16 bytes copy}}
  nvvm.cp.async.shared.global %to, %from, 8, cache = cg : !llvm.ptr<3>, !llvm.ptr<1>
  llvm.return
}
// -----
llvm.func @f(%mask: i32, %x: f32) {
  // expected-error@+1 {{expected a result of type f32}}
  %a = nvvm.shfl.sync bfly %mask, %x, %mask, %mask : f32 -> i32
  llvm.return
}
// -----
llvm.func @f(%p: !llvm.ptr<1>) {
  // expected-error@+1 {{expected source pointer in memory space 3}}
  %0 = nvvm.ldmatrix %p {eltType = #nvvm.ld_st_matrix_elt_type<b16>, layout = #nvvm.mma_layout<row>, num = 1 : i32, shape = #nvvm.ld_st_matrix_shape<m = 8, n = 8>} : (!llvm.ptr<1>) -> i32
  llvm.return
}
// -----
llvm.func @f(%p: !llvm.ptr<3>) {
  // expected-error@+1 {{expected a result of 2 words}}
  %0 = nvvm.ldmatrix %p {eltType = #nvvm.ld_st_matrix_elt_type<b16>, layout = #nvvm.mma_layout<row>, num = 2 : i32, shape = #nvvm.ld_st_matrix_shape<m = 8, n = 8>} : (!llvm.ptr<3>) -> i32
  llvm.return
}
// -----
llvm.func @f(%a: i32, %f: f32) {
  // expected-error@+1 {{expects multiplicandAPtxType and multiplicandBPtxType}}
  %2 = nvvm.mma.sync A[%a, %a, %a, %a] B[%a, %a] C[%f, %f, %f, %f] {layoutA = #nvvm.mma_layout<row>, layoutB = #nvvm.mma_layout<col>, shape = #nvvm.shape<m = 16, n = 8, k = 16>} : (i32, i32, f32) -> !llvm.struct<(f32, f32, f32, f32)>
  llvm.return
}
// -----
llvm.func @f(%d: f64) {
  // expected-error@+1 {{expected a positive size}}
  %2 = nvvm.mma.sync A[%d] B[%d] C[%d, %d] {layoutA = #nvvm.mma_layout<row>, layoutB = #nvvm.mma_layout<col>, shape = #nvvm.shape<m = 0, n = 8, k = 16>} : (f64, f64, f64) -> !llvm.struct<(f64, f64)>
  llvm.return
}
