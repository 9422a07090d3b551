// pipeline: loop-invariant-code-motion
// What does not change leaves both loops; a division that may fail stays.
func.func @nest(%n: index, %x: i64, %y: i64, %m: memref<?xi64>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  scf.for %i = %c0 to %n step %c1 {
    scf.for %j = %c0 to %n step %c1 {
      %p = arith.muli %x, %y : i64
      %q = arith.divsi %p, %y : i64
      memref.store %q, %m[%j] : memref<?xi64>
    }
  }
  return
}
// -----
// =>
module {
  func.func @nest(%n: index, %x: i64, %y: i64, %m: memref<?xi64>) {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %p = arith.muli %x, %y : i64
    scf.for %i = %c0 to %n step %c1 {
      scf.for %j = %c0 to %n step %c1 {
        %q = arith.divsi %p, %y : i64
        memref.store %q, %m[%j] : memref<?xi64>
      }
    }
    return
  }
}
