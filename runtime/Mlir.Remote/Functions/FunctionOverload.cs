using System.Collections.Immutable;
using System.Linq.Expressions;
using Mlir.Frontend;
using Mlir.Frontend.Layouts;
using Mlir.Remote.Overloads;
using Mlir.Remote.Protocol;
using CallSite = Mlir.Frontend.CallSite;

namespace Mlir.Remote.Functions;

/// <summary>One lambda of a function.</summary>
internal sealed class FunctionOverload
{
    private readonly ImmutableDictionary<int, object> _defaults;

    /// <summary>Reads the lambda's types.</summary>
    /// <exception cref="UnsupportedExpressionException">A type has no form at the server.</exception>
    public FunctionOverload(LambdaExpression lambda, CallSite site)
        : this(lambda, site, ImmutableDictionary<int, object>.Empty) { }

    private FunctionOverload(LambdaExpression lambda, CallSite site, ImmutableDictionary<int, object> defaults)
    {
        (Lambda, Site, _defaults) = (lambda, LambdaCode.Shared(site), defaults);
        Layouts = [.. lambda.Parameters.Select(parameter => LayoutOf(parameter.Type, parameter.Name ?? "_"))];
        Signature = new Signature { Result = SignatureTypes.Of(LayoutOf(lambda.ReturnType, "the result")) };
        for (var i = 0; i < Layouts.Length; i++)
        {
            var parameter = new Parameter
            {
                Name = lambda.Parameters[i].Name ?? "",
                Type = SignatureTypes.Of(Layouts[i]),
            };
            if (defaults.TryGetValue(i, out var value))
            {
                parameter.DefaultValue = DefaultOf(value, Layouts[i]);
            }

            Signature.Parameters.Add(parameter);
        }
    }

    /// <summary>The lambda.</summary>
    public LambdaExpression Lambda { get; }

    /// <summary>Where it stands in the source.</summary>
    public CallSite Site { get; }

    /// <summary>The layouts of the parameters.</summary>
    public ImmutableArray<TypeLayout> Layouts { get; }

    /// <summary>What it takes from a caller, with tensors of whatever rank.</summary>
    public Signature Signature { get; }

    /// <summary>The value of a parameter that a call leaves out.</summary>
    public object Default(int parameter) => _defaults[parameter];

    /// <summary>The same with a default value, where it has such a parameter that takes the value.</summary>
    public FunctionOverload WithDefault(string parameter, object value, ref bool found)
    {
        for (var i = 0; i < Layouts.Length; i++)
        {
            if (Lambda.Parameters[i].Name == parameter)
            {
                var layout = TypeLayout.Of(value.GetType());
                if (!DataTypes.IsImplicit(SignatureTypes.Of(layout), Signature.Parameters[i].Type))
                {
                    return this;
                }

                found = true;
                return new FunctionOverload(Lambda, Site, _defaults.SetItem(i, value));
            }
        }

        return this;
    }

    /// <summary>The signature as C# writes it.</summary>
    public string CSharpText(string name) => DataTypes.CSharpText(name, Signature);

    private TypeLayout LayoutOf(Type type, string what) =>
        TypeLayout.TryGet(type, out var reason)
        ?? throw new UnsupportedExpressionException(Site, $"{type.Name} {what}", reason!);

    private static Value DefaultOf(object value, TypeLayout layout)
    {
        if (layout.IsLeaf && layout.Leaves[0].Kind == LeafKind.Scalar)
        {
            return Scalars.ToValue(
                Scalars.Convert(value, layout.Leaves[0]),
                SignatureTypes.KindOf(layout.Leaves[0].Element)
            );
        }

        return value is string text
            ? Values.OfText(text)
            : throw new ArgumentException("default values are scalars or strings", nameof(value));
    }
}
