using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mlir.IR.Generators;

/// <summary>Reads the record of a pass.</summary>
internal static class PassReader
{
    public static Reading<PassModel> Read(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        var syntax = (TypeDeclarationSyntax)context.TargetNode;
        var type = (INamedTypeSymbol)context.TargetSymbol;
        var name = context.Attributes[0].ConstructorArguments.FirstOrDefault().Value as string ?? "";
        var wrong = type switch
        {
            { IsRecord: false } => "a record",
            _ when !syntax.Modifiers.Any(SyntaxKind.PartialKeyword) => "partial, so that the generator can add to it",
            { IsSealed: false } => "sealed",
            { ContainingType: not null } => "declared directly in a namespace",
            _ when !DerivesFromPass(type) => "derived from Pass or Pass<TOp>",
            _ when !Regex.IsMatch(name, "^[a-z][a-z0-9-]*$") =>
                $"named in small letters, digits and dashes, not '{name}'",
            _ => null,
        };
        if (wrong is not null)
        {
            return Wrong(DiagnosticInfo.At(Rules.BadPass, syntax.Identifier.GetLocation(), type.Name, wrong));
        }

        var options = new List<PassOptionModel>();
        foreach (
            var parameter in (syntax.ParameterList?.Parameters ?? []).Select(p =>
                (
                    Syntax: p,
                    Symbol: type.InstanceConstructors.SelectMany(c => c.Parameters)
                        .FirstOrDefault(s =>
                            s.Name == p.Identifier.Text && s.Locations[0].SourceSpan == p.Identifier.Span
                        )
                )
            )
        )
        {
            if (
                parameter.Symbol is not { HasExplicitDefaultValue: true } symbol
                || Literal(symbol.Type, symbol.ExplicitDefaultValue, type.ContainingNamespace) is not { } literal
            )
            {
                return Wrong(
                    DiagnosticInfo.At(
                        Rules.BadPassOption,
                        parameter.Syntax.GetLocation(),
                        parameter.Syntax.Identifier.Text,
                        parameter.Syntax.Type?.ToString() ?? ""
                    )
                );
            }

            options.Add(new PassOptionModel(symbol.Name, Names.Kebab(symbol.Name), literal));
        }

        return new Reading<PassModel>(
            new PassModel(
                name,
                type.Name,
                type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString(),
                string.Join(" ", syntax.Modifiers.Select(m => m.Text)),
                Plain(OpReader.Summary(syntax)),
                options.ToItems(),
                type.GetMembers()
                    .Where(m => !m.IsImplicitlyDeclared)
                    .Select(m => m.Name)
                    .Where(m => m is "Name" or "OptionsText" or "Description")
                    .ToItems(),
                type.BaseType is { } based && HasDescription(based)
            ),
            Items<DiagnosticInfo>.Empty
        );
    }

    private static Reading<PassModel> Wrong(DiagnosticInfo diagnostic) => new(null, new[] { diagnostic }.ToItems());

    private static bool DerivesFromPass(INamedTypeSymbol type)
    {
        for (var t = type.BaseType; t is not null; t = t.BaseType)
        {
            if (t.Name == "Pass" && t.ContainingNamespace.ToDisplayString() == "Mlir.Lowering")
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasDescription(INamedTypeSymbol type)
    {
        for (var t = type; t is not null; t = t.BaseType)
        {
            if (t.GetMembers("Description").Any(m => m.IsVirtual || m.IsAbstract))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The default as a C# expression; null when the option's type cannot be read from text.</summary>
    private static string? Literal(ITypeSymbol type, object? value, INamespaceSymbol home)
    {
        if (type.TypeKind == TypeKind.Enum)
        {
            var field = type.GetMembers()
                .OfType<IFieldSymbol>()
                .FirstOrDefault(f => f.HasConstantValue && Equals(f.ConstantValue, value));
            var name = SymbolEqualityComparer.Default.Equals(type.ContainingSymbol, home)
                ? type.Name
                : type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
            return field is null
                ? $"({name}){Convert.ToString(value, CultureInfo.InvariantCulture)}"
                : $"{name}.{field.Name}";
        }

        return (type.SpecialType, value) switch
        {
            (SpecialType.System_Int32, int number) => number.ToString(CultureInfo.InvariantCulture),
            (SpecialType.System_Int64, long number) => number.ToString(CultureInfo.InvariantCulture) + "L",
            (SpecialType.System_Double, double number) => SymbolDisplay.FormatPrimitive(
                number,
                quoteStrings: true,
                useHexadecimalNumbers: false
            ) + "D",
            (SpecialType.System_Boolean, bool truth) => truth ? "true" : "false",
            (SpecialType.System_String, string text) => Names.Quote(text),
            _ => null,
        };
    }

    /// <summary>The summary without XML.</summary>
    private static string Plain(string summary) =>
        Regex
            .Replace(
                Regex.Replace(
                    summary,
                    "<(?:see|paramref|typeparamref) (?:cref|langword|name)=\"(?:.*?[.:])?([^.\"]*)\"\\s*/>",
                    "$1"
                ),
                "<[^>]*>",
                ""
            )
            .Replace("&lt;", "<")
            .Replace("&gt;", ">")
            .Replace("&amp;", "&");
}
