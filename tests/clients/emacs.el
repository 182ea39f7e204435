;; Run by test_emacs.py: waits for what the server shows of the file, edits it, and writes all that to a file.
(require 'json)
(define-derived-mode kotlin-mode prog-mode "Kotlin")

(defvar shown nil)

(defun wait-for (condition)
  (let ((end (+ (float-time) 30)))
    (while (and (not (funcall condition)) (< (float-time) end))
      (accept-process-output nil 0.05)
      (sit-for 0.01))))

(defun diagnostics ()
  (mapcar
   (lambda (one)
     (save-excursion
       (goto-char (flymake-diagnostic-beg one))
       `((line . ,(line-number-at-pos)) (column . ,(current-column-in-characters))
         (severity . ,(format "%s" (flymake-diagnostic-type one)))
         (text . ,(flymake-diagnostic-text one)))))
   (flymake-diagnostics)))

(defun current-column-in-characters ()
  (- (point) (line-beginning-position)))

(defun look (want)
  (flymake-start)
  (wait-for (lambda () (if want (flymake-diagnostics) (not (flymake-diagnostics)))))
  (push (vconcat (diagnostics)) shown))

(let ((enable-local-variables nil))
  (find-file (getenv "PRIVLINT_SOURCE"))
  (kotlin-mode)
  (setq-local flymake-no-changes-timeout 0.1)
  (setq eglot-sync-connect 30 eglot-send-changes-idle-time 0.1)
  (apply #'eglot (eglot--guess-contact))
  (look t)
  (goto-char (point-min))
  (search-forward "imei")
  (replace-match "hashCode()" t t)
  (eglot--signal-textDocument/didChange) ; without a screen nothing is ever idle
  (look nil)
  (goto-char (point-min))
  (search-forward "hashCode()")
  (replace-match "imei" t t)
  (goto-char (point-min))
  (insert "// 😀\n")
  (eglot--signal-textDocument/didChange)
  (look t)
  (with-temp-file (getenv "PRIVLINT_SHOWN")
    (insert (json-encode (vconcat (reverse shown)))))
  (set-buffer-modified-p nil)
  (kill-emacs 0))
