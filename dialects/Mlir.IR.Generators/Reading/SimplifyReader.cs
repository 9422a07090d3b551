using System.Threading;
using Microsoft.CodeAnalysis;

namespace Mlir.IR.Generators;

/// <summary>Reads the method of a rule.</summary>
internal static class SimplifyReader
{
    public static Reading<SimplifyModel> Read(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        var method = (IMethodSymbol)context.TargetSymbol;
        if (
            method
                is {
                    IsStatic: true,
                    IsGenericMethod: false,
                    DeclaredAccessibility: not Accessibility.Private,
                    ReturnType.Name: "Value",
                    ContainingType: { IsGenericType: false, ContainingType: null },
                    Parameters.Length: 2,
                }
            && method.Parameters[0].Type is INamedTypeSymbol { BaseType.Name: "Operation" } op
            && method.Parameters[1].Type.Name == "PatternRewriter"
        )
        {
            return new Reading<SimplifyModel>(
                new SimplifyModel(
                    $"{method.ContainingType.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)}.{method.Name}",
                    op.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)
                ),
                Items<DiagnosticInfo>.Empty
            );
        }

        return new Reading<SimplifyModel>(
            null,
            new[] { DiagnosticInfo.At(Rules.BadSimplify, method.Locations[0], method.Name) }.ToItems()
        );
    }
}
