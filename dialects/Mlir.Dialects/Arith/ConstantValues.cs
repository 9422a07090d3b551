namespace Mlir.Dialects.Arith;

/// <summary>The constants behind values, for use in patterns: <c>{ Rhs.ConstInt: 0 }</c>.</summary>
public static class ConstantValues
{
    extension(Value value)
    {
        /// <summary>The constant that the value is, or null.</summary>
        public IrAttribute? Constant => (value.Definer as IConstantLike)?.ConstantValue;

        /// <summary>The sign-extended integer that the value is, in every element, if it is known and fits; else null. <c>true</c> is -1.</summary>
        public long? ConstInt =>
            ScalarConstant(value) is IntegerAttr { Value: var number } && number >= long.MinValue && number <= long.MaxValue
                ? (long)number
                : null;

        /// <summary>The truth value that the value is, in every element, if it is known; else null.</summary>
        public bool? ConstBool => ScalarConstant(value) is IntegerAttr { Type: IntegerType { Width: 1 } } flag ? flag.Value != 0 : null;

        /// <summary>The float that the value is, in every element, if it is known; else null.</summary>
        public double? ConstFloat => ScalarConstant(value) is FloatAttr { FloatType.Width: <= 64 } real ? real.Value : null;
    }

    private static TypedAttr? ScalarConstant(Value value) => value.Constant switch
    {
        DenseElementsAttr dense => dense.SplatValue,
        TypedAttr scalar => scalar,
        _ => null,
    };
}
