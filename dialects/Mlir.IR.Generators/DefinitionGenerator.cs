using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mlir.IR.Generators;

/// <summary>
/// Writes what follows from definitions: the rest of classes marked <c>[Op]</c> and <c>[Dialect]</c>, of records marked <c>[Pass]</c>, and
/// the table of methods marked <c>[Simplify]</c>.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class DefinitionGenerator : IIncrementalGenerator
{
    /// <summary>The names of the incremental steps, for tests that look at caching.</summary>
    public static readonly string[] StepNames = ["Ops", "OpEntries", "Dialects", "Passes", "Simplifications"];

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var ops = context.SyntaxProvider
            .ForAttributeWithMetadataName("Mlir.IR.OpAttribute", static (node, _) => node is ClassDeclarationSyntax, OpReader.Read)
            .WithTrackingName("Ops");
        context.RegisterSourceOutput(ops, static (output, op) => Add(output, op, m => m.FullName, OpEmitter.Emit));

        var entries = ops
            .Where(static op => op.Model is not null)
            .Select(static (op, _) => new OpEntry(op.Model!.Name, op.Model.ClassName, op.Model.Namespace))
            .Collect()
            .Select(static (all, _) => all.OrderBy(o => o.Name, System.StringComparer.Ordinal).ThenBy(o => o.FullName, System.StringComparer.Ordinal).ToItems())
            .WithTrackingName("OpEntries");
        context.RegisterSourceOutput(entries, ReportDuplicates);

        var dialects = context.SyntaxProvider
            .ForAttributeWithMetadataName("Mlir.IR.DialectAttribute", static (node, _) => node is ClassDeclarationSyntax, DialectReader.Read)
            .WithTrackingName("Dialects");
        context.RegisterSourceOutput(dialects.Combine(entries), static (output, pair) =>
            Add(output, pair.Left, m => m.Namespace + "." + m.ClassName, m => DialectEmitter.Emit(m, pair.Right)));
    }

    private static void Add<T>(SourceProductionContext output, Reading<T> reading, System.Func<T, string> name, System.Func<T, string> emit)
        where T : class
    {
        foreach (var diagnostic in reading.Diagnostics)
        {
            output.ReportDiagnostic(diagnostic.ToDiagnostic());
        }

        if (reading.Model is { } model)
        {
            output.AddSource(name(model).TrimStart('.') + ".g.cs", emit(model));
        }
    }

    private static void ReportDuplicates(SourceProductionContext output, Items<OpEntry> ops)
    {
        for (var i = 1; i < ops.Count; i++)
        {
            if (ops[i].Name == ops[i - 1].Name)
            {
                output.ReportDiagnostic(Diagnostic.Create(Rules.DuplicateOp, Location.None, ops[i].Name, ops[i - 1].FullName, ops[i].FullName));
            }
        }
    }
}
