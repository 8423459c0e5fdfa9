// Reads a JSON body and writes it again, in the way that the argument names.
using System;
using System.IO;
using System.Text;
using System.Web.Script.Serialization;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

static class Rewrite
{
    static void Main(string[] words)
    {
        var body = new StreamReader(Console.OpenStandardInput(), new UTF8Encoding(false)).ReadToEnd();
        var bytes = new UTF8Encoding(false).GetBytes(Rewritten(body, words[0]));
        Console.OpenStandardOutput().Write(bytes, 0, bytes.Length);
    }

    static string Rewritten(string body, string way)
    {
        switch (way)
        {
            case "javascript-serializer":
                var serializer = new JavaScriptSerializer();
                return serializer.Serialize(serializer.DeserializeObject(body));
            case "newtonsoft":
                return JsonConvert.SerializeObject(JsonConvert.DeserializeObject(body));
            case "newtonsoft-indented":
                return JsonConvert.SerializeObject(JsonConvert.DeserializeObject(body), Formatting.Indented);
            case "newtonsoft-plain-dates":
                var settings = new JsonSerializerSettings { DateParseHandling = DateParseHandling.None };
                return JsonConvert.SerializeObject(JsonConvert.DeserializeObject(body, settings), settings);
            case "newtonsoft-decimals":
                var decimals = new JsonSerializerSettings {
                    DateParseHandling = DateParseHandling.None, FloatParseHandling = FloatParseHandling.Decimal };
                return JsonConvert.SerializeObject(JsonConvert.DeserializeObject(body, decimals), decimals);
            case "newtonsoft-html":
                var html = new JsonSerializerSettings {
                    DateParseHandling = DateParseHandling.None, StringEscapeHandling = StringEscapeHandling.EscapeHtml };
                return JsonConvert.SerializeObject(JsonConvert.DeserializeObject(body, html), html);
            default:
                throw new ArgumentException(way);
        }
    }
}
