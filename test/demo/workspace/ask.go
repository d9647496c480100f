// OpenAI with Go's own HTTP client. Run it: go run ask.go
package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
)

func main() {
	body := `{ "model": "gpt-5-mini", "messages": [{ "role": "user", "content": "Hello?" }] }`
	request, err := http.NewRequest("POST", os.Getenv("TOLLGATE_URL")+"/openai/v1/chat/completions", strings.NewReader(body))
	if err != nil {
		panic(err)
	}
	request.Header.Set("content-type", "application/json")
	request.Header.Set("authorization", "Bearer sandbox")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		panic(err)
	}
	defer response.Body.Close()
	answer, _ := io.ReadAll(response.Body)
	fmt.Println(response.StatusCode, string(answer))
}
