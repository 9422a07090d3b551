using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mlir.IR.Generators;

/// <summary>Reads the class of a dialect.</summary>
internal static class DialectReader
{
    public static Reading<DialectModel> Read(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        var syntax = (ClassDeclarationSyntax)context.TargetNode;
        var type = (INamedTypeSymbol)context.TargetSymbol;
        var name = context.Attributes[0].ConstructorArguments.FirstOrDefault().Value as string ?? "";
        var wrong = type switch
        {
            _ when !syntax.Modifiers.Any(SyntaxKind.PartialKeyword) => "partial, so that the generator can add to it",
            { IsSealed: false } => "sealed",
            { ContainingType: not null } => "declared directly in a namespace",
            { BaseType.Name: not "Dialect" } => "derived from Dialect",
            _ when name.Length == 0 || name.Any(c => !char.IsLetterOrDigit(c) && c != '_') =>
                $"named by an identifier, not '{name}'",
            _ => null,
        };
        if (wrong is not null)
        {
            return new Reading<DialectModel>(
                null,
                new[]
                {
                    DiagnosticInfo.At(Rules.BadDialect, syntax.Identifier.GetLocation(), type.Name, wrong),
                }.ToItems()
            );
        }

        return new Reading<DialectModel>(
            new DialectModel(
                name,
                type.Name,
                type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString(),
                string.Join(" ", syntax.Modifiers.Select(m => m.Text))
            ),
            Items<DiagnosticInfo>.Empty
        );
    }
}
