-- Run by test_neovim.py: waits for what the server shows of the open file, edits it, and writes all that to a file.
local shown = {}

local function look(want)
  vim.wait(30000, function()
    return (#vim.diagnostic.get(0) > 0) == want
  end, 20)
  local found = {}
  for _, one in ipairs(vim.diagnostic.get(0)) do
    table.insert(found, { code = one.code, line = one.lnum, byte = one.col, severity = one.severity })
  end
  table.insert(shown, found)
end

look(true)
local line = vim.api.nvim_buf_get_lines(0, 3, 4, true)[1]
vim.api.nvim_buf_set_lines(0, 3, 4, true, { (line:gsub("imei", "hashCode()")) })
look(false)
vim.api.nvim_buf_set_lines(0, 3, 4, true, { "", line })
look(true)
local function ask(method, more)
  local params = vim.tbl_extend("force", vim.lsp.util.make_position_params(0, "utf-16"), more or {})
  local answers = vim.lsp.buf_request_sync(0, method, params, 10000)
  for _, answer in pairs(answers or {}) do
    return answer.result, answer.error
  end
end

vim.api.nvim_win_set_cursor(0, { 5, (vim.api.nvim_buf_get_lines(0, 4, 5, true)[1]:find("imei")) - 1 })
local hover = ask("textDocument/hover")
local at = vim.lsp.util.make_position_params(0, "utf-16").position
local actions = ask("textDocument/codeAction", {
  range = { start = at, ["end"] = at },
  context = { diagnostics = {} },
})
table.insert(shown, { hover = hover and hover.contents.value or "" })
local declared = ""
for _, action in ipairs(actions or {}) do
  if action.title:find("^Declare") then
    vim.lsp.util.apply_workspace_edit(action.edit, "utf-16")
    vim.wait(200)
    for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
      if vim.api.nvim_buf_get_name(buffer):find("privlint.toml$") then
        declared = table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), "\n")
      end
    end
  end
end
table.insert(shown, { declared = declared })
vim.fn.writefile({ vim.fn.json_encode(shown) }, vim.env.PRIVLINT_SHOWN)
vim.cmd("qall!")
