; x[i] *= factor, one work-item an element. scale.spv was made of it:
;   llc -O2 -mtriple=spirv64v1.2-unknown-unknown -filetype=obj scale.ll -o scale.spv
target triple = "spirv64v1.2-unknown-unknown"

declare spir_func i64 @_Z13get_global_idj(i32)

define spir_kernel void @scale(ptr addrspace(1) %x, float %factor, i32 %count) {
  %id = call spir_func i64 @_Z13get_global_idj(i32 0)
  %i = trunc i64 %id to i32
  %in = icmp slt i32 %i, %count
  br i1 %in, label %body, label %end

body:
  %p = getelementptr float, ptr addrspace(1) %x, i64 %id
  %v = load float, ptr addrspace(1) %p, align 4
  %product = fmul float %v, %factor
  %zero = fcmp oeq float %product, 0.0
  %result = select i1 %zero, float 0.0, float %product
  store float %result, ptr addrspace(1) %p, align 4
  br label %end

end:
  ret void
}
