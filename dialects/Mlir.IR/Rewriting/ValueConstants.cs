namespace Mlir.IR;

/// <summary>Constants behind values, for use in property patterns.</summary>
public static class ValueConstants
{
    extension(Value value)
    {
        /// <summary>The constant attribute that defines the value, or null.</summary>
        public IrAttribute? ConstAttr => (value.Definer as IConstantLike)?.ConstantValue;

        /// <summary>The scalar constant behind the value, also that of a splat, or null.</summary>
        public TypedAttr? ConstScalar =>
            value.ConstAttr switch
            {
                DenseElementsAttr dense => dense.SplatValue,
                TypedAttr scalar => scalar,
                _ => null,
            };

        /// <summary>The integer behind the value (or its splat), sign-extended; null when it is not a constant integer.</summary>
        public Int128? ConstInt => (value.ConstScalar as IntegerAttr)?.Value;

        /// <summary>The number behind the value (or its splat); null when it is not a constant float.</summary>
        public double? ConstFloat => (value.ConstScalar as FloatAttr)?.Value;
    }
}
