using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using System.Text;
using Mlir.Frontend.Layouts;

namespace Mlir.Frontend.Expressions;

/// <summary>
/// Writes a lambda as text that is equal for two lambdas exactly when they compile to the same kernel: parameters by position, captured variables
/// by their place in the closure (their values are passed at every call), called kernels and functions by their own text.
/// </summary>
public static class ExpressionKey
{
    /// <summary>The key of <paramref name="lambda"/>; it includes the site, because kernels name it in their errors.</summary>
    /// <param name="lambda">The lambda.</param>
    /// <param name="site">Where it stands in the source.</param>
    /// <param name="functions">Finds what it calls by name, whose code belongs to the key; null when there is nothing to find.</param>
    public static string Of(LambdaExpression lambda, CallSite site, FunctionResolver? functions = null)
    {
        var writer = new Writer(functions);
        writer.Write(lambda, site);
        writer.WriteFunctions();
        return writer.Text.ToString();
    }

    private sealed class Writer(FunctionResolver? functions) : ExpressionVisitor
    {
        private readonly Dictionary<ParameterExpression, int> _parameters = [];
        private readonly List<ResolvedFunction> _functions = [];
        private readonly List<object> _roots = [];

        public StringBuilder Text { get; } = new();

        /// <summary>The functions that were called by name, and those that they call, each once.</summary>
        public void WriteFunctions()
        {
            for (var i = 0; i < _functions.Count; i++)
            {
                Text.Append("\n@").Append(i).Append(' ');
                Write(_functions[i].Lambda, _functions[i].Site);
            }
        }

        public void Write(LambdaExpression lambda, CallSite site)
        {
            WriteText(site.File);
            Text.Append(site.Line).Append('\n');
            foreach (var parameter in lambda.Parameters)
            {
                _parameters[parameter] = _parameters.Count;
                WriteType(parameter.Type);
            }

            Text.Append('=');
            Visit(lambda.Body);
        }

        public override Expression? Visit(Expression? node)
        {
            if (node is null)
            {
                Text.Append('_');
                return node;
            }

            Text.Append('(').Append((int)node.NodeType).Append(' ');
            WriteType(node.Type);
            base.Visit(node);
            Text.Append(')');
            return node;
        }

        protected override Expression VisitParameter(ParameterExpression node)
        {
            Text.Append('p').Append(_parameters.GetValueOrDefault(node, -1));
            return node;
        }

        protected override Expression VisitConstant(ConstantExpression node)
        {
            switch (node.Value)
            {
                case double d:
                    Text.Append(BitConverter.DoubleToInt64Bits(d));
                    break;
                case float f:
                    Text.Append(BitConverter.SingleToInt32Bits(f));
                    break;
                case Half h:
                    Text.Append(BitConverter.HalfToInt16Bits(h));
                    break;
                case string s:
                    WriteText(s);
                    break;
                case IConvertible or nint or nuint or null:
                    Text.Append(Convert.ToString(node.Value, CultureInfo.InvariantCulture));
                    break;
                case ValueType when TypeLayout.TryGet(node.Type, out _) is { IsLeaf: false } layout:
                    foreach (var leaf in layout.Leaves)
                    {
                        var part = leaf.Fields.Aggregate(node.Value, (object? whole, FieldInfo f) => f.GetValue(whole));
                        Visit(Expression.Constant(part, leaf.ClrType));
                    }

                    break;
                default:
                    // A closure: its variables are arguments, but it matters which ones lie in the same closure.
                    var root = _roots.FindIndex(r => ReferenceEquals(r, node.Value));
                    if (root < 0)
                    {
                        root = _roots.Count;
                        _roots.Add(node.Value);
                    }

                    Text.Append('r').Append(root);
                    break;
            }

            return node;
        }

        protected override Expression VisitMember(MemberExpression node)
        {
            WriteMember(node.Member);
            Visit(node.Expression);
            return node;
        }

        protected override Expression VisitMethodCall(MethodCallExpression node)
        {
            WriteMember(node.Method);
            if (FunctionCall.Of(node) is { Name: { } name, Arguments.IsDefault: false } call)
            {
                WriteText(name);
                if (call.Resolve(functions) is { } function)
                {
                    var index = _functions.FindIndex(f => ReferenceEquals(f.Lambda, function.Lambda));
                    if (index < 0)
                    {
                        index = _functions.Count;
                        _functions.Add(function);
                    }

                    Text.Append('@').Append(index).Append(' ');
                }

                foreach (var argument in call.Arguments)
                {
                    Visit(argument);
                }

                return node;
            }

            return base.VisitMethodCall(node);
        }

        protected override Expression VisitNew(NewExpression node)
        {
            if (node.Constructor is { } constructor)
            {
                WriteMember(constructor);
            }

            return base.VisitNew(node);
        }

        protected override MemberBinding VisitMemberBinding(MemberBinding node)
        {
            WriteMember(node.Member);
            return base.VisitMemberBinding(node);
        }

        protected override Expression VisitIndex(IndexExpression node)
        {
            if (node.Indexer is { } indexer)
            {
                WriteMember(indexer);
            }

            return base.VisitIndex(node);
        }

        protected override Expression VisitBinary(BinaryExpression node)
        {
            if (node.Method is not null)
            {
                WriteMember(node.Method);
            }

            return base.VisitBinary(node);
        }

        protected override Expression VisitUnary(UnaryExpression node)
        {
            if (node.Method is not null)
            {
                WriteMember(node.Method);
            }

            return base.VisitUnary(node);
        }

        /// <summary>A lambda inside: its parameters are numbered on.</summary>
        protected override Expression VisitLambda<T>(Expression<T> node)
        {
            foreach (var parameter in node.Parameters)
            {
                _parameters[parameter] = _parameters.Count;
                WriteType(parameter.Type);
            }

            Visit(node.Body);
            return node;
        }

        protected override Expression VisitExtension(Expression node)
        {
            WriteText(node is FoldCall fold ? $"{fold.Form} {fold.Axis} {fold.KeepDims}" : node.GetType().Name);
            return base.VisitExtension(node);
        }

        protected override Expression VisitInvocation(InvocationExpression node)
        {
            if (ExpressionImporter.CalledKernel(node) is { } kernel)
            {
                Text.Append('{');
                Write(kernel.Source, kernel.Site);
                Text.Append('}');
                foreach (var argument in node.Arguments)
                {
                    Visit(argument);
                }

                return node;
            }

            return base.VisitInvocation(node);
        }

        /// <summary>Text behind its length, so that none can pass for the structure around it.</summary>
        private void WriteText(string text) => Text.Append(text.Length).Append(':').Append(text).Append(' ');

        private void WriteType(Type type) => Text.Append(type.TypeHandle.Value).Append(' ');

        private void WriteMember(MemberInfo member) =>
            Text.Append('#')
                .Append(
                    member is MethodBase method ? method.MethodHandle.Value
                    : member is FieldInfo field ? field.FieldHandle.Value
                    : member.MetadataToken
                )
                .Append(' ');
    }
}
