// Reads a JSON body and writes it again, in the way that the argument names.
package main

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
)

func main() {
	body, _ := io.ReadAll(os.Stdin)
	switch os.Args[1] {
	case "map":
		var value map[string]any
		_ = json.Unmarshal(body, &value)
		out, _ := json.Marshal(value)
		_, _ = os.Stdout.Write(out)
	case "number":
		var value map[string]any
		decoder := json.NewDecoder(bytes.NewReader(body))
		decoder.UseNumber()
		_ = decoder.Decode(&value)
		out, _ := json.Marshal(value)
		_, _ = os.Stdout.Write(out)
	case "raw":
		out, _ := json.Marshal(json.RawMessage(body))
		_, _ = os.Stdout.Write(out)
	case "encoder":
		var value map[string]any
		_ = json.Unmarshal(body, &value)
		encoder := json.NewEncoder(os.Stdout)
		encoder.SetEscapeHTML(false)
		_ = encoder.Encode(value)
	}
}
