using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Mlir.IR.Generators;

/// <summary>Reads the definition of an operation from its class.</summary>
internal sealed class OpReader
{
    private readonly ClassDeclarationSyntax _syntax;
    private readonly INamedTypeSymbol _class;
    private readonly List<DiagnosticInfo> _diagnostics = [];
    private readonly List<ValueModel> _operands = [];
    private readonly List<ValueModel> _results = [];
    private readonly List<AttrModel> _attributes = [];
    private readonly List<RegionModel> _regions = [];
    private readonly List<SuccessorModel> _successors = [];
    private readonly Dictionary<string, IPropertySymbol> _properties = [];

    private OpReader(ClassDeclarationSyntax syntax, INamedTypeSymbol @class) => (_syntax, _class) = (syntax, @class);

    /// <summary>The model of the class that carries <c>[Op]</c>.</summary>
    public static Reading<OpModel> Read(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        var reader = new OpReader((ClassDeclarationSyntax)context.TargetNode, (INamedTypeSymbol)context.TargetSymbol);
        var model = reader.Read(context.Attributes[0], cancellation);
        return new Reading<OpModel>(reader._diagnostics.Count == 0 ? model : null, reader._diagnostics.ToItems());
    }

    private OpModel? Read(AttributeData attribute, CancellationToken cancellation)
    {
        if (!CheckClass())
        {
            return null;
        }

        var name = attribute.ConstructorArguments.FirstOrDefault().Value as string ?? "";
        var dot = name.IndexOf('.');
        if (dot <= 0 || dot == name.Length - 1)
        {
            Report(Rules.BadOpName, ArgumentLocation(attribute, 0), name);
            return null;
        }

        foreach (
            var property in _class
                .GetMembers()
                .OfType<IPropertySymbol>()
                .OrderBy(p => p.Locations[0].SourceTree?.FilePath, StringComparer.Ordinal)
                .ThenBy(p => p.Locations[0].SourceSpan.Start)
        )
        {
            cancellation.ThrowIfCancellationRequested();
            ReadProperty(property);
        }

        CheckNames();
        if (_diagnostics.Count > 0)
        {
            return null;
        }

        ResolveTypes();
        var methods = new HashSet<string>(
            _class.GetMembers().OfType<IMethodSymbol>().Where(m => m.IsStatic).Select(m => m.Name)
        );
        var traits = new HashSet<string>(
            _class.AllInterfaces.Where(i => i.ContainingNamespace.ToDisplayString() == "Mlir.IR").Select(i => i.Name)
        );
        var usings = _syntax
            .SyntaxTree.GetCompilationUnitRoot()
            .Usings.Concat(_syntax.Ancestors().OfType<BaseNamespaceDeclarationSyntax>().SelectMany(n => n.Usings))
            .Where(u => !u.GlobalKeyword.IsKind(SyntaxKind.GlobalKeyword))
            .Select(u => u.WithoutTrivia().NormalizeWhitespace().ToFullString())
            .Concat(["using Mlir.IR;", "using Mlir.IR.Text;"])
            .Distinct()
            .OrderBy(u => u.TrimEnd(';'), StringComparer.Ordinal)
            .ToArray();
        var model = new OpModel(
            name,
            _class.Name,
            _class.ContainingNamespace.IsGlobalNamespace ? "" : _class.ContainingNamespace.ToDisplayString(),
            string.Join(" ", _syntax.Modifiers.Select(m => m.Text)),
            usings.ToItems(),
            _operands.ToItems(),
            _results.ToItems(),
            _attributes.ToItems(),
            _regions.ToItems(),
            _successors.ToItems(),
            null,
            methods.Contains("ParseCustom"),
            _class.GetMembers("Print").OfType<IMethodSymbol>().Any(m => m.IsOverride),
            traits.Contains("ISameType"),
            traits.Contains("ISameOperandTypes"),
            traits.Contains("ISameShape"),
            traits.Contains("IIsolatedFromAbove"),
            _class
                .GetMembers()
                .Where(m => m is IPropertySymbol or IMethodSymbol { MethodKind: MethodKind.Ordinary })
                .Select(m => m.Name)
                .Distinct()
                .OrderBy(m => m, StringComparer.Ordinal)
                .ToItems(),
            _class
                .InstanceConstructors.Where(c => !c.IsImplicitlyDeclared)
                .Select(c => string.Join(",", c.Parameters.Select(p => Shape(p.Type))))
                .ToItems()
        );

        return ReadFormat(attribute, model, methods);
    }

    private OpModel? ReadFormat(AttributeData attribute, OpModel model, HashSet<string> methods)
    {
        var named = attribute.NamedArguments.FirstOrDefault(a => a.Key == "Format");
        if (named.Key is null || named.Value.Value is not string format)
        {
            if (model.HasParseCustom != model.HasPrint)
            {
                Report(
                    Rules.FormConflict,
                    _syntax.Identifier.GetLocation(),
                    model.ClassName,
                    model.HasPrint
                        ? "prints a custom form but cannot parse it: add a static ParseCustom(AsmParser, OperationState)"
                        : "parses a custom form but does not print it: override Print"
                );
            }

            return model;
        }

        if (model.HasParseCustom || model.HasPrint)
        {
            Report(
                Rules.FormConflict,
                _syntax.Identifier.GetLocation(),
                model.ClassName,
                "has a Format and a hand-written ParseCustom or Print: keep one"
            );
            return null;
        }

        var expression = ((AttributeSyntax)attribute.ApplicationSyntaxReference!.GetSyntax())
            .ArgumentList!.Arguments.First(a => a.NameEquals?.Name.Identifier.Text == "Format")
            .Expression;
        try
        {
            var elements = FormatParser.Parse(format, model);
            var imports = model.Usings.Any(u => u.StartsWith("using static ", StringComparison.Ordinal));
            FormatChecker.Check(model, elements, methods, imports, format.Length);
            return model with { Format = elements };
        }
        catch (FormatError error)
        {
            Report(error.Rule, FormatLocation(expression, format, error.Position, error.Length), error.Arguments);
            return null;
        }
    }

    private bool CheckClass()
    {
        var wrong = _class switch
        {
            _ when !_syntax.Modifiers.Any(SyntaxKind.PartialKeyword) => "partial, so that the generator can add to it",
            { IsSealed: false } => "sealed",
            { ContainingType: not null } => "declared directly in a namespace",
            { IsGenericType: true } => "free of type parameters",
            { BaseType.Name: not "Operation" } => "derived from Operation",
            _ => null,
        };
        if (wrong is not null)
        {
            Report(Rules.BadOpClass, _syntax.Identifier.GetLocation(), _class.Name, wrong);
        }

        return wrong is null;
    }

    private void ReadProperty(IPropertySymbol property)
    {
        foreach (var attribute in property.GetAttributes())
        {
            if (attribute.AttributeClass is not { } type || type.ContainingNamespace?.ToDisplayString() != "Mlir.IR")
            {
                continue;
            }

            var role = type.Name;
            if (
                role
                is not (
                    "OperandAttribute"
                    or "ResultAttribute"
                    or "AttrAttribute"
                    or "RegionAttribute"
                    or "SuccessorAttribute"
                )
            )
            {
                continue;
            }

            if (
                property.IsStatic
                || property.DeclaringSyntaxReferences[0].GetSyntax() is not PropertyDeclarationSyntax syntax
                || !syntax.Modifiers.Any(SyntaxKind.PartialKeyword)
                || syntax.ExpressionBody is not null
                || syntax.AccessorList is not { } accessors
                || !accessors.Accessors.Any(SyntaxKind.GetAccessorDeclaration)
            )
            {
                Report(Rules.NotPartial, property.Locations[0], property.Name);
                return;
            }

            _properties[property.Name] = property;
            switch (role)
            {
                case "OperandAttribute" or "ResultAttribute":
                    ReadValue(property, syntax, attribute, role == "ResultAttribute");
                    break;
                case "AttrAttribute":
                    ReadAttr(property, syntax, attribute);
                    break;
                case "RegionAttribute":
                    ReadRegion(property, syntax, attribute);
                    break;
                default:
                    ReadSuccessor(property, syntax);
                    break;
            }

            return;
        }
    }

    private void ReadValue(
        IPropertySymbol property,
        PropertyDeclarationSyntax syntax,
        AttributeData attribute,
        bool isResult
    )
    {
        var arity = (isResult, Shape(property.Type)) switch
        {
            (false, "Value") or (true, "OpResult") => Arity.One,
            (false, "Value?") or (true, "OpResult?") => Arity.Optional,
            (false, "OperandList") or (true, "IReadOnlyList<OpResult>") => Arity.Variadic,
            _ => (Arity?)null,
        };
        if (arity is null)
        {
            Report(
                Rules.BadPropertyType,
                syntax.Type.GetLocation(),
                property.Name,
                isResult ? "OpResult, OpResult? or IReadOnlyList<OpResult>" : "Value, Value? or OperandList",
                syntax.Type.ToString()
            );
            return;
        }

        var constraint = attribute.AttributeClass!.TypeArguments.FirstOrDefault();
        var list = isResult ? _results : _operands;
        list.Add(
            new ValueModel(
                property.Name,
                Names.Camel(property.Name),
                Modifiers(syntax),
                syntax.Type.ToString(),
                Accessor(syntax, SyntaxKind.GetAccessorDeclaration)!,
                Setter(syntax),
                Summary(syntax),
                isResult,
                list.Count,
                arity.Value,
                constraint is null ? null : ConstraintText(attribute),
                constraint is not null && constraint.AllInterfaces.Any(i => i.Name == "ISingleTypeConstraint"),
                NamedString(attribute, "SameTypeAs"),
                NamedString(attribute, "InferredBy") is { } method
                    ? new InferenceModel(method, Items<InferenceArgument>.Empty)
                    : null
            )
        );
    }

    private void ReadAttr(IPropertySymbol property, PropertyDeclarationSyntax syntax, AttributeData attribute)
    {
        var type = property.Type;
        var nullable = type.NullableAnnotation == NullableAnnotation.Annotated;
        if (
            nullable
            && type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } wrapped
        )
        {
            type = wrapped.TypeArguments[0];
        }

        var name = NamedString(attribute, "Name") ?? Names.Camel(property.Name);
        var keyword = NamedString(attribute, "Type");
        var kind = KindOf(type, name, keyword);
        if (kind is null)
        {
            Report(
                Rules.BadPropertyType,
                syntax.Type.GetLocation(),
                property.Name,
                "an attribute class, long, int, bool, double, string, a type class, AffineMap, EquatableArray<long> or an enumeration",
                syntax.Type.ToString()
            );
            return;
        }

        string? elementText = kind switch
        {
            AttrKind.Integer or AttrKind.IntegerEnum or AttrKind.Array => keyword ?? "i64",
            AttrKind.Float => keyword ?? "f64",
            AttrKind.Class => keyword,
            _ => null,
        };
        var element = elementText is null ? null : TypeExpression(elementText);
        if (elementText is not null && element is null)
        {
            Report(
                Rules.BadAttr,
                property.Locations[0],
                property.Name,
                $"'{elementText}' is not the keyword of an integer, index or float type"
            );
            return;
        }

        var valueType = syntax.Type is NullableTypeSyntax optional
            ? optional.ElementType.ToString()
            : syntax.Type.ToString();
        var defaultValue = NamedString(attribute, "Default");
        if (defaultValue is not null && (nullable || kind == AttrKind.Unit))
        {
            Report(
                Rules.BadAttr,
                property.Locations[0],
                property.Name,
                nullable
                    ? "with a default value it is never null: drop the '?'"
                    : "a unit attribute is false by default: drop Default"
            );
            return;
        }

        if (nullable && kind == AttrKind.Unit)
        {
            Report(
                Rules.BadAttr,
                property.Locations[0],
                property.Name,
                "a unit attribute is there or not: use bool, or Type = \"i1\" for an optional truth value"
            );
            return;
        }

        _attributes.Add(
            new AttrModel(
                property.Name,
                name,
                Modifiers(syntax),
                syntax.Type.ToString(),
                Accessor(syntax, SyntaxKind.GetAccessorDeclaration)!,
                Setter(syntax),
                Summary(syntax),
                _attributes.Count,
                kind.Value,
                valueType,
                nullable,
                element,
                elementText,
                defaultValue,
                type.TypeKind == TypeKind.Enum
                    && type.GetAttributes().Any(a => a.AttributeClass?.Name == "FlagsAttribute"),
                kind == AttrKind.Class && IsOrDerivesFrom(type, "TypedAttr"),
                type.IsValueType,
                type.Name
            )
        );
    }

    private void ReadRegion(IPropertySymbol property, PropertyDeclarationSyntax syntax, AttributeData attribute)
    {
        var variadic = Shape(property.Type) == "IReadOnlyList<Region>";
        if (
            (!variadic && Shape(property.Type) != "Region")
            || (_regions.Count > 0 && _regions[_regions.Count - 1].IsVariadic)
        )
        {
            Report(
                Rules.BadPropertyType,
                syntax.Type.GetLocation(),
                property.Name,
                "Region, or IReadOnlyList<Region> as the last region",
                syntax.Type.ToString()
            );
            return;
        }

        int Number(string key) => attribute.NamedArguments.FirstOrDefault(a => a.Key == key).Value.Value as int? ?? 0;
        var terminator =
            attribute.NamedArguments.FirstOrDefault(a => a.Key == "ImplicitTerminator").Value.Value as INamedTypeSymbol;
        _regions.Add(
            new RegionModel(
                property.Name,
                Names.Camel(property.Name),
                Modifiers(syntax),
                syntax.Type.ToString(),
                Accessor(syntax, SyntaxKind.GetAccessorDeclaration)!,
                Setter(syntax),
                Summary(syntax),
                _regions.Count,
                variadic,
                Number("MinBlocks"),
                Number("MaxBlocks"),
                terminator?.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)
            )
        );
    }

    private void ReadSuccessor(IPropertySymbol property, PropertyDeclarationSyntax syntax)
    {
        var variadic = Shape(property.Type) == "IReadOnlyList<Block>";
        if (
            (!variadic && Shape(property.Type) != "Block")
            || (_successors.Count > 0 && _successors[_successors.Count - 1].IsVariadic)
        )
        {
            Report(
                Rules.BadPropertyType,
                syntax.Type.GetLocation(),
                property.Name,
                "Block, or IReadOnlyList<Block> as the last successor",
                syntax.Type.ToString()
            );
            return;
        }

        _successors.Add(
            new SuccessorModel(
                property.Name,
                Names.Camel(property.Name),
                Modifiers(syntax),
                syntax.Type.ToString(),
                Accessor(syntax, SyntaxKind.GetAccessorDeclaration)!,
                Setter(syntax),
                Summary(syntax),
                _successors.Count,
                variadic
            )
        );
    }

    private void CheckNames()
    {
        var seen = new Dictionary<string, string>();
        foreach (
            var part in _operands
                .Cast<PartModel>()
                .Concat(_results)
                .Concat(_attributes)
                .Concat(_regions)
                .Concat(_successors)
        )
        {
            if (seen.TryGetValue(part.Name, out var other))
            {
                Report(Rules.DuplicateName, _properties[part.Property].Locations[0], part.Name, other, part.Property);
            }

            seen[part.Name] = part.Property;
        }
    }

    private void ResolveTypes()
    {
        for (var i = 0; i < _operands.Count; i++)
        {
            _operands[i] = ResolveType(_operands[i]);
        }

        for (var i = 0; i < _results.Count; i++)
        {
            _results[i] = ResolveType(_results[i]);
        }
    }

    private ValueModel ResolveType(ValueModel value)
    {
        var place = _properties[value.Property].Locations[0];
        if (value.SameTypeAs is { } name)
        {
            var other = _operands.Concat(_results).FirstOrDefault(v => v.Property == name);
            var attribute = _attributes.FirstOrDefault(a => a.Property == name);
            if (name == value.Property || (other is null && attribute is not { IsTyped: true }))
            {
                Report(
                    Rules.BadSameTypeAs,
                    place,
                    name,
                    attribute is not null ? "an attribute without a type of its own"
                        : name == value.Property ? "the property itself"
                        : "no part of the operation"
                );
            }
            else if (value.Arity == Arity.One && other is { Arity: not Arity.One })
            {
                Report(Rules.BadSameTypeAs, place, name, "a group of values, which has no single type");
            }
        }

        return value.InferredBy is { Method: var method }
            ? value with
            {
                InferredBy = ResolveInference(value, method, place),
            }
            : value;
    }

    private InferenceModel? ResolveInference(ValueModel value, string name, Location place)
    {
        var methods = _class
            .GetMembers(name)
            .OfType<IMethodSymbol>()
            .Where(m => m.IsStatic && !m.IsGenericMethod)
            .ToArray();
        if (methods.Length != 1)
        {
            Report(
                Rules.BadInferredBy,
                place,
                name,
                methods.Length == 0
                    ? "is no static method of the class"
                    : "is overloaded, so that the generator cannot choose"
            );
            return null;
        }

        if (value.Arity != Arity.One)
        {
            Report(Rules.BadInferredBy, place, name, "can only infer the type of a single operand or result");
            return null;
        }

        var method = methods[0];
        if (!IsOrDerivesFrom(method.ReturnType, "IrType"))
        {
            Report(
                Rules.BadInferredBy,
                place,
                name,
                "must return IrType (or IrType?, null when nothing can be inferred)"
            );
            return null;
        }

        var arguments = new List<InferenceArgument>();
        for (var i = 0; i < method.Parameters.Length; i++)
        {
            var parameter = method.Parameters[i];
            var part = FindPart(parameter.Name) ?? (i < _operands.Count ? _operands[i] : null);
            if (part is null || part.Property == value.Property)
            {
                Report(
                    Rules.BadInferredBy,
                    place,
                    name,
                    $"has a parameter '{parameter.Name}' that matches no other operand, result or attribute"
                );
                return null;
            }

            var asType = part is ValueModel && Shape(parameter.Type).TrimEnd('?') is "IrType" or "ReadOnlySpan<IrType>";
            asType |= part is ValueModel && IsOrDerivesFrom(parameter.Type, "IrType");
            if (part is ValueModel { IsResult: true } && !asType)
            {
                Report(
                    Rules.BadInferredBy,
                    place,
                    name,
                    $"must take the type of the result '{part.Property}', not its value"
                );
                return null;
            }

            if (!value.IsResult && !asType && part is ValueModel)
            {
                Report(
                    Rules.BadInferredBy,
                    place,
                    name,
                    $"must take the type of '{part.Property}' (IrType): operands are not known while their types are inferred"
                );
                return null;
            }

            arguments.Add(new InferenceArgument(part.Property, asType));
        }

        return new InferenceModel(name, arguments.ToItems());
    }

    private PartModel? FindPart(string parameter)
    {
        foreach (var part in _operands.Cast<PartModel>().Concat(_results).Concat(_attributes))
        {
            if (
                Names.Camel(part.Property) == parameter
                || part.Property == parameter
                || part.Name == parameter
                || Names.Camel(part.Property) + "Type" == parameter
            )
            {
                return part;
            }
        }

        return null;
    }

    private static AttrKind? KindOf(ITypeSymbol type, string name, string? keyword) =>
        type switch
        {
            { SpecialType: SpecialType.System_Int64 or SpecialType.System_Int32 } => AttrKind.Integer,
            { SpecialType: SpecialType.System_Boolean } => keyword == "i1" ? AttrKind.Bool : AttrKind.Unit,
            { SpecialType: SpecialType.System_Double } => AttrKind.Float,
            { SpecialType: SpecialType.System_String } => name == "sym_name" || keyword == "symbol"
                ? AttrKind.Symbol
                : AttrKind.String,
            { TypeKind: TypeKind.Enum } => keyword is null ? AttrKind.Enum : AttrKind.IntegerEnum,
            { Name: "AffineMap" } => AttrKind.AffineMap,
            INamedTypeSymbol { Name: "EquatableArray" } array
                when array.TypeArguments[0].SpecialType == SpecialType.System_Int64 => AttrKind.Array,
            _ when IsOrDerivesFrom(type, "IrAttribute") => AttrKind.Class,
            _ when IsOrDerivesFrom(type, "IrType") => AttrKind.Type,
            _ => null,
        };

    /// <summary>The C# expression for a type that MLIR writes as <paramref name="keyword"/>; null when it is none of a number.</summary>
    public static string? TypeExpression(string keyword) =>
        keyword switch
        {
            "index" => "IndexType.Instance",
            "i1" or "i8" or "i16" or "i32" or "i64" => "IntegerType.I" + keyword.Substring(1),
            "f16" or "f32" or "f64" => "FloatType.F" + keyword.Substring(1),
            "bf16" => "FloatType.BF16",
            _ when keyword.Length > 1 && keyword[0] == 'i' && int.TryParse(keyword.Substring(1), out var width) =>
                $"IntegerType.Get({width})",
            _ => null,
        };

    private static bool IsOrDerivesFrom(ITypeSymbol type, string name)
    {
        for (ITypeSymbol? t = type; t is not null; t = t.BaseType)
        {
            if (t.Name == name && t.ContainingNamespace?.ToDisplayString() == "Mlir.IR")
            {
                return true;
            }
        }

        return false;
    }

    private static string Shape(ITypeSymbol type) =>
        type.ToDisplayString(
            SymbolDisplayFormat.MinimallyQualifiedFormat.AddMiscellaneousOptions(
                SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier
            )
        );

    private static string ConstraintText(AttributeData attribute)
    {
        var syntax = (AttributeSyntax)attribute.ApplicationSyntaxReference!.GetSyntax();
        return syntax
            .Name.DescendantNodesAndSelf()
            .OfType<GenericNameSyntax>()
            .First()
            .TypeArgumentList.Arguments[0]
            .ToString();
    }

    private static string? NamedString(AttributeData attribute, string key) =>
        attribute.NamedArguments.FirstOrDefault(a => a.Key == key).Value.Value as string;

    private static string Modifiers(PropertyDeclarationSyntax syntax) =>
        string.Join(" ", syntax.Modifiers.Select(m => m.Text));

    private static string? Setter(PropertyDeclarationSyntax syntax) =>
        Accessor(syntax, SyntaxKind.SetAccessorDeclaration) ?? Accessor(syntax, SyntaxKind.InitAccessorDeclaration);

    private static string? Accessor(PropertyDeclarationSyntax syntax, SyntaxKind kind) =>
        syntax.AccessorList!.Accessors.FirstOrDefault(a => a.IsKind(kind)) is { } accessor
            ? string.Join(" ", accessor.Modifiers.Select(m => m.Text).Concat([accessor.Keyword.Text]))
            : null;

    /// <summary>The inside of the summary as written, on one line.</summary>
    public static string Summary(SyntaxNode node)
    {
        var text = node.GetLeadingTrivia().ToFullString();
        var lines = text.Split('\n')
            .Select(l => l.Trim())
            .Where(l => l.StartsWith("///", StringComparison.Ordinal))
            .Select(l => l.Substring(3).Trim());
        var all = string.Join(" ", lines);
        var start = all.IndexOf("<summary>", StringComparison.Ordinal);
        var end = all.IndexOf("</summary>", StringComparison.Ordinal);
        return start < 0 || end < start ? "" : all.Substring(start + 9, end - start - 9).Trim();
    }

    private static Location ArgumentLocation(AttributeData attribute, int index)
    {
        var syntax = (AttributeSyntax)attribute.ApplicationSyntaxReference!.GetSyntax();
        return syntax.ArgumentList?.Arguments.Count > index
            ? syntax.ArgumentList.Arguments[index].GetLocation()
            : syntax.GetLocation();
    }

    /// <summary>The place inside the string literal, or the whole expression where the text is put together or escaped.</summary>
    private static Location FormatLocation(ExpressionSyntax expression, string format, int position, int length)
    {
        var source = expression.ToString();
        var offset = source.IndexOf(format, StringComparison.Ordinal);
        if (expression is not LiteralExpressionSyntax || offset < 0 || position >= format.Length)
        {
            return expression.GetLocation();
        }

        var start = expression.SpanStart + offset + position;
        return Location.Create(
            expression.SyntaxTree,
            new TextSpan(start, Math.Max(1, Math.Min(length, format.Length - position)))
        );
    }

    private void Report(DiagnosticDescriptor rule, Location location, params string[] arguments) =>
        _diagnostics.Add(DiagnosticInfo.At(rule, location, arguments));
}
