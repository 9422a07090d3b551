using Mlir.Frontend.Layouts;
using Mlir.Remote.Overloads;

namespace Mlir.Remote.Functions;

/// <summary>Takes arguments apart into the leaves that travel.</summary>
internal static class ArgumentLeaves
{
    /// <summary>The types of arguments, for the choice among overloads.</summary>
    /// <exception cref="NotSupportedException">An argument is of a type that functions do not take.</exception>
    public static OverloadArgument[] TypesOf(ReadOnlySpan<object?> arguments)
    {
        var types = new OverloadArgument[arguments.Length];
        for (var i = 0; i < types.Length; i++)
        {
            var named = arguments[i] as NamedArgument;
            var value = named is null ? arguments[i] : named.Value;
            ArgumentNullException.ThrowIfNull(value, named?.Name ?? $"argument {i}");
            types[i] = new OverloadArgument(
                value is RemoteTensor tensor
                    ? DataTypes.Array(tensor.Kind, (uint)tensor.Shape.Length)
                    : SignatureTypes.Of(TypeLayout.Of(value.GetType())),
                named?.Name
            );
        }

        return types;
    }

    /// <summary>Puts the leaves of an argument into their places, converted to the parameter's types.</summary>
    /// <param name="variable">The parameter.</param>
    /// <param name="value">The argument, of a type that C# converts to the parameter's.</param>
    /// <param name="leaves">All leaves of the call.</param>
    public static void Read(LambdaCode.Variable variable, object? value, object[] leaves)
    {
        ArgumentNullException.ThrowIfNull(value, variable.Name);
        var layout = variable.Layout;
        var target = leaves.AsSpan(variable.FirstLeaf, layout.Leaves.Length);
        if (value is RemoteTensor tensor)
        {
            CheckTensor(variable, tensor);
            target[0] = tensor;
            return;
        }

        var type = value.GetType();
        if (type == layout.ClrType)
        {
            layout.Read(value, target);
            return;
        }

        TypeLayout.Of(type).Read(value, target);
        for (var i = 0; i < target.Length; i++)
        {
            if (layout.Leaves[i].Kind == LeafKind.Scalar)
            {
                target[i] = Scalars.Convert(target[i], layout.Leaves[i]);
            }
        }
    }

    /// <summary>Puts the captured variables' leaves into their places, as the variables are now.</summary>
    public static void ReadCaptured(LambdaCode code, object[] leaves)
    {
        foreach (var variable in code.Variables)
        {
            if (variable.Read is { } read)
            {
                Read(variable, read(), leaves);
            }
        }
    }

    private static void CheckTensor(LambdaCode.Variable variable, RemoteTensor tensor)
    {
        var type = DataTypes.Array(tensor.Kind, (uint)tensor.Shape.Length);
        var wanted = SignatureTypes.Of(variable.Layout);
        if (!DataTypes.IsImplicit(type, wanted))
        {
            throw new ArgumentException(
                $"parameter '{variable.Name}' is {DataTypes.CSharpText(wanted)}; the array on the server is {tensor}",
                variable.Name
            );
        }
    }
}
